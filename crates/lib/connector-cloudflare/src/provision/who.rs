//! Whom a change is about.

use cloudflare::types::Member;
use cloudflare::{MemberId, UserId};
use connector::ConnectorError;
use model::{Annotation, Resource};

use super::refusal;
use crate::types::{INVITATION, USER};

/// A person, as far as is known before Cloudflare is asked.
#[derive(Clone, Debug)]
pub(crate) struct Who {
    /// The person's user id.
    pub(crate) user: UserId,
    /// The membership, when the record says it. It may be an old one.
    pub(crate) member: Option<MemberId>,
    /// The address, for people; may be empty.
    email: String,
}

impl Who {
    /// The person that a record is about.
    pub(crate) fn of(principal: &Resource) -> Result<Self, ConnectorError> {
        match principal.id.resource_type.as_str() {
            USER => {}
            INVITATION => return Err(refusal::invited_only(&email(principal))),
            _ => return Err(refusal::principal_not_a_user(&principal.id)),
        }
        let member = principal.profile_text("member_id").filter(|id| !id.is_empty());
        Ok(Self {
            user: UserId::new(principal.id.object.as_str()),
            member: member.map(MemberId::new),
            email: email(principal),
        })
    }

    /// A person of whom only the user id is known.
    pub(crate) fn user(id: &str) -> Self {
        Self {
            user: UserId::new(id),
            member: None,
            email: String::new(),
        }
    }

    /// The person in words.
    pub(crate) fn name(&self) -> &str {
        if self.email.is_empty() {
            self.user.as_str()
        } else {
            &self.email
        }
    }

    /// Everything that the person may be listed by.
    pub(crate) fn names(&self) -> [&str; 3] {
        let member = self.member.as_ref().map_or("", MemberId::as_str);
        [&self.email, self.user.as_str(), member]
    }

    /// Whether the address is not known, by which members are protected and keys known.
    pub(crate) fn is_bare(&self) -> bool {
        self.email.is_empty()
    }

    /// Takes the address from the member itself.
    pub(crate) fn learn(&mut self, member: &Member) {
        self.email.clone_from(&member.email);
    }

    /// Whether a membership is this person's.
    pub(crate) fn is(&self, member: &Member) -> bool {
        member.user.id.as_ref() == Some(&self.user)
    }
}

/// A member in words.
pub(crate) fn name(member: &Member) -> &str {
    if member.email.is_empty() {
        member.id.as_str()
    } else {
        &member.email
    }
}

/// The address in the profile, else the one in the trait: records of the Go connector have both.
fn email(resource: &Resource) -> String {
    let in_trait = resource
        .annotations
        .iter()
        .find_map(|annotation| match annotation {
            Annotation::User(user) => user.emails.first().map(String::as_str),
            _ => None,
        });
    let profile = resource.profile_text("email").filter(|email| !email.is_empty());
    profile.or(in_trait).unwrap_or_default().to_owned()
}
