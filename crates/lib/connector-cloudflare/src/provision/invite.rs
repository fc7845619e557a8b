//! Inviting a person.

use cloudflare::ErrorKind as Failure;
use cloudflare::endpoint::InviteMember;
use cloudflare::types::{Member, MemberStatus};
use connector::{
    Account, AccountOutcome, AccountRequest, Change, Changed, ConnectorError, Effect, Mode, Note, Severity,
};
use model::{Profile, ProfileValue, Resource};

use super::offer::Offer;
use super::{ATTEMPTS, Provisioning, Written, refusal, told, unhurried};
use crate::directory::Directory;
use crate::map;
use crate::names::Names;

/// What people are told after an invitation went out.
const SENT: &str = "Cloudflare has sent an invitation by mail. Access begins when the person accepts it.";

/// The longest address that Cloudflare takes.
const ADDRESS_MAX: usize = 90;

impl Provisioning {
    /// Invites a person; somebody who is a member or invited already stays as they are.
    pub(crate) async fn invite(&self, request: &AccountRequest) -> Result<Account, ConnectorError> {
        let email = address(request)?;
        let offer = self.offer(&request.profile).await?;
        let _turn = self.locks.turn(&email.to_lowercase()).await;
        let mut account = self.send_invitation(&email, &offer, request.mode).await?;
        if let AccountOutcome::ActionRequired { resource, .. } | AccountOutcome::Created(resource) =
            &mut account.outcome
        {
            name(resource, &request.profile);
        }
        Ok(account)
    }

    /// Invites with what is offered. It is our turn for the address.
    pub(super) async fn send_invitation(
        &self,
        email: &str,
        offer: &Offer,
        mode: Mode,
    ) -> Result<Account, ConnectorError> {
        let invite = self.invitation(email, offer);
        let change = Change {
            title: format!("Invite {email}"),
            before: Vec::new(),
            after: offer.lines.clone(),
            calls: vec![told::call(&invite)],
        };
        if mode == Mode::DryRun {
            return self.planned_invitation(email, change).await;
        }
        let mut last = None;
        for attempt in 0..ATTEMPTS {
            if attempt > 0 {
                self.pause().await;
            }
            match self.write(&change.title, &invite, unhurried()).await {
                Ok(Written::Done(member)) => return Ok(self.invited(member, change).await),
                Ok(Written::Stale(error)) => last = Some(error),
                Ok(Written::Open(error)) => {
                    // The first attempt may have sent it: a second one would only be refused, or invite twice.
                    match self.by_address(email, &change.title).await {
                        Ok(Some(member)) => return Ok(self.invited(member, change).await),
                        Ok(None) => last = Some(error),
                        Err(_) => return Err(refusal::outcome_unknown(&change.title, error)),
                    }
                }
                Err(error) if is_duplicate(&error) => return self.known(email, change).await,
                Err(error) => return Err(error),
            }
        }
        // The list of members said each time that nobody was invited.
        Err(match last {
            Some(error) => refusal::by_cloudflare(&change.title, error),
            None => refusal::contended(&change.title),
        })
    }

    /// The call that invites.
    pub(super) fn invitation(&self, email: &str, offer: &Offer) -> InviteMember {
        InviteMember {
            account: self.account.clone(),
            email: email.to_owned(),
            access: offer.access.clone(),
        }
    }

    async fn planned_invitation(&self, email: &str, change: Change) -> Result<Account, ConnectorError> {
        match self.by_address(email, &change.title).await? {
            Some(member) => Ok(self.already(&member, change)),
            None => Ok(Account {
                outcome: AccountOutcome::Planned,
                changed: Changed::new(Effect::Planned, change),
            }),
        }
    }

    /// The invitation as it is now. Its answer leaves out the roles, so it is read; it went out in any case.
    async fn invited(&self, answered: Member, change: Change) -> Account {
        let read = self.member(&answered.id).await.ok().flatten();
        let member = read.unwrap_or(answered);
        let resource = self.resource(&member);
        let outcome = if member.status == MemberStatus::Pending {
            AccountOutcome::ActionRequired {
                resource,
                message: SENT.to_owned(),
            }
        } else {
            AccountOutcome::Created(resource)
        };
        Account {
            outcome,
            changed: Changed::new(Effect::Made, change),
        }
    }

    /// Cloudflare knows the address already: who it is stands in the list of members, or in none.
    async fn known(&self, email: &str, change: Change) -> Result<Account, ConnectorError> {
        if let Some(member) = self.by_address(email, &change.title).await? {
            return Ok(self.already(&member, change));
        }
        let mut changed = Changed::new(Effect::AlreadySo, unchanged(change, Vec::new()));
        changed.notes.push(lingering(email));
        Ok(Account {
            outcome: AccountOutcome::AlreadyExists(None),
            changed,
        })
    }

    fn already(&self, member: &Member, change: Change) -> Account {
        let held = told::lines(member, super::holdings::is_only_roles(member), &self.account);
        Account {
            outcome: AccountOutcome::AlreadyExists(Some(self.resource(member))),
            changed: Changed::new(Effect::AlreadySo, unchanged(change, held)),
        }
    }

    async fn by_address(&self, email: &str, title: &str) -> Result<Option<Member>, ConnectorError> {
        self.listed(title, |member| member.email.eq_ignore_ascii_case(email))
            .await
    }

    /// The member as the record that a sync would write.
    fn resource(&self, member: &Member) -> Resource {
        match &member.user.id {
            Some(user) if member.status != MemberStatus::Pending => map::user::resource(member, user),
            _ => {
                let directory = Directory::new(Names::new(self.account.clone()));
                map::invitation::resource(member, &directory)
            }
        }
    }
}

fn unchanged(change: Change, held: Vec<String>) -> Change {
    Change {
        before: held.clone(),
        after: held,
        calls: Vec::new(),
        ..change
    }
}

/// Whether Cloudflare refuses because the address is a member's or invited already.
fn is_duplicate(error: &ConnectorError) -> bool {
    error.code == Failure::AlreadyExists.code()
}

/// The name that the request gives: Cloudflare takes none, and knows none until the invitation is accepted.
fn name(resource: &mut Resource, given: &Profile) {
    let profile = resource.profile.get_or_insert_default();
    for key in ["first_name", "last_name"] {
        if let Some(name) = given.get(key).and_then(ProfileValue::as_text) {
            let known = profile
                .get(key)
                .and_then(ProfileValue::as_text)
                .unwrap_or_default();
            if known.is_empty() && !name.is_empty() {
                profile.insert(key.to_owned(), name.into());
            }
        }
    }
}

/// The address, or the login when that is one.
fn address(request: &AccountRequest) -> Result<String, ConnectorError> {
    let text = Some(request.email.trim()).filter(|email| !email.is_empty());
    let text = text.unwrap_or(request.login.trim());
    let usable = text.len() <= ADDRESS_MAX
        && text
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
        && !text.contains(|letter: char| letter.is_whitespace() || letter.is_control());
    usable
        .then(|| text.to_owned())
        .ok_or_else(|| refusal::no_address(text))
}

fn lingering(email: &str) -> Note {
    Note {
        severity: Severity::Warning,
        code: "invitation-lingers".to_owned(),
        message: format!("Cloudflare says that {email} is invited already, but does not list the invitation"),
        hint: "it has probably expired: cancel it in the dashboard under Manage account, Members, and invite again"
            .to_owned(),
    }
}
