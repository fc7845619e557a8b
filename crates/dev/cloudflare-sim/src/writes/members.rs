//! Invitations, changes and removals of members.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{
    Done, Refused, Write,
    request::{MemberRequest, RolesForm},
};
use crate::{
    DuplicateMember, LastSuperAdministrator,
    answers::envelope,
    state::{Member, MemberStatus, Person, Policy},
};

/// Longest address in bytes.
const MAX_ADDRESS: usize = 90;

impl Write<'_> {
    /// `POST …/members`.
    pub(super) fn invite(&mut self) -> Result<Done, Refused> {
        let request: MemberRequest = self.request()?;
        let email = self.new_address(request.email.as_ref())?;
        if request.status.as_deref() == Some("accepted") {
            let text = "automatic verification of new members is not allowed";
            return Err(Refused::invalid(text));
        }
        self.check_invitation_limit()?;
        let policies = self.wanted(request, RolesForm::Ids, &[])?;
        self.adopt(&policies);
        let member = self.invitation(email, policies);
        let done = Done {
            answer: envelope::ok(without_roles(&member)),
            resource: member.id.clone(),
        };
        self.state.members.push(member);
        Ok(done)
    }

    fn new_address(&self, email: Option<&String>) -> Result<String, Refused> {
        let email = email
            .filter(|email| email.contains('@') && email.len() <= MAX_ADDRESS)
            .ok_or_else(|| Refused::invalid("email is missing or invalid"))?;
        let members = self.state.members.iter().map(|member| &member.person.email);
        let mut taken = members.chain(&self.state.expired_invitations);
        if !taken.any(|known| known.eq_ignore_ascii_case(email)) {
            return Ok(email.clone());
        }
        let status = match self.options.duplicate_member {
            DuplicateMember::BadRequest => StatusCode::BAD_REQUEST,
            DuplicateMember::Conflict => StatusCode::CONFLICT,
        };
        let text = "Account member already exists for email address";
        Err(Refused::new(status, 1008, text))
    }

    /// Code and text were seen, the HTTP status is unconfirmed.
    fn check_invitation_limit(&self) -> Result<(), Refused> {
        let open = self.state.members.iter().filter(|member| member.is_pending());
        let open = open.count();
        if self.options.invitation_limit.is_some_and(|limit| open >= limit) {
            return Err(Refused::new(StatusCode::BAD_REQUEST, 429, "add limit reached"));
        }
        Ok(())
    }

    fn invitation(&mut self, email: String, policies: Vec<Policy>) -> Member {
        let person = Person {
            user_id: self.state.chance.id(),
            email,
            first_name: None,
            last_name: None,
            two_factor: false,
        };
        let status = MemberStatus::Pending(self.options.pending_form, self.options.address_place);
        Member::new(self.state.chance.id(), person, status, policies)
    }

    /// `PUT …/members/{m}`: what is not sent is gone.
    pub(super) fn replace_access(&mut self) -> Result<Done, Refused> {
        let id = self.route.object();
        let member = self.state.member(id).ok_or_else(unknown)?;
        let (status, held) = (member.status_name(), member.policies.clone());
        let request: MemberRequest = self.request()?;
        // A pending member accepts elsewhere, and nobody becomes pending again; the text is invented.
        if request.status.as_deref().is_some_and(|asked| asked != status) {
            return Err(Refused::invalid("status cannot be changed"));
        }
        let policies = self.wanted(request, RolesForm::Objects, &held)?;
        self.keep_super_administrator(id, Some(&policies))?;
        self.adopt(&policies);
        let member = self.state.member_mut(id).ok_or_else(unknown)?;
        member.policies = policies;
        Ok(Done {
            answer: envelope::ok(&*member),
            resource: id.to_owned(),
        })
    }

    /// `DELETE …/members/{m}`: removes a member or cancels an invitation.
    pub(super) fn remove_member(&mut self) -> Result<Done, Refused> {
        let id = self.route.object();
        let mut members = self.state.members.iter();
        let index = members.position(|member| member.id == id).ok_or_else(unknown)?;
        if self.state.member(id).is_some_and(|member| member.managed_by_scim) {
            return Err(Refused::managed_by_scim("Member"));
        }
        self.keep_super_administrator(id, None)?;
        self.state.remove_member(index);
        Ok(Done {
            answer: envelope::ok(json!({ "id": id })),
            resource: id.to_owned(),
        })
    }

    /// Refuses to leave the account without an accepted Super Administrator. `policies` are what the member
    /// has afterwards; none when it is gone.
    fn keep_super_administrator(&self, id: &str, policies: Option<&[Policy]>) -> Result<(), Refused> {
        let stays = policies.is_some_and(|policies| {
            policies.iter().any(Policy::gives_super_administrator)
                || self.state.is_super_administrator_by_group(id)
        });
        let refuses = self.options.last_super_administrator == LastSuperAdministrator::Refuse;
        if refuses && !stays && self.state.super_administrators() == [id] {
            return Err(Refused::last_super_administrator());
        }
        Ok(())
    }
}

fn unknown() -> Refused {
    Refused::not_found("Member")
}

/// As the answer to an invitation shows a member: a known defect of the service.
fn without_roles(member: &Member) -> Value {
    let mut shown = json!(member);
    if let Some(fields) = shown.as_object_mut() {
        fields.remove("roles");
    }
    shown
}
