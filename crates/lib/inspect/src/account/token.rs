//! A credential.

use chrono::{DateTime, TimeDelta, Utc};
use model::{Annotation, Resource, ResourceId, SecretTrait};

use super::invitation::texts;
use super::policy::{self, Policy};
use crate::rights::display_name;

/// A credential of the account's own.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// Its identity.
    pub(crate) id: ResourceId,
    /// Its name.
    pub(crate) name: String,
    /// The state in the system's own word, such as `active`; may be empty.
    pub(crate) status: String,
    /// When it was made; `None` when not known.
    pub(crate) created_at: Option<DateTime<Utc>>,
    /// When it stops working; `None` when never.
    pub(crate) expires_at: Option<DateTime<Utc>>,
    /// When it was last used; `None` when never.
    pub(crate) last_used_at: Option<DateTime<Utc>>,
    /// Whether the file says anything of its use: files of other connectors do not.
    pub(crate) use_is_known: bool,
    /// Who made it, when that person is a member.
    pub(crate) created_by: Option<ResourceId>,
    /// The address of who made it; may be empty.
    pub(crate) creator: String,
    /// What it may do, one policy each.
    pub(crate) policies: Vec<String>,
}

/// Whether a credential works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenState {
    /// It works.
    Active,
    /// Switched off; it can be switched on again.
    Disabled,
    /// Past its time.
    Expired,
}

impl Token {
    /// The credential that a resource stands for.
    pub(crate) fn of(resource: &Resource, secret: &SecretTrait) -> Self {
        let status = resource.profile_text("status").unwrap_or_default();
        Self {
            id: resource.id.clone(),
            name: display_name(resource).to_owned(),
            status: status.to_owned(),
            created_at: resource.created_at,
            expires_at: secret.expires_at,
            last_used_at: secret.last_used_at,
            use_is_known: !status.is_empty() || secret.last_used_at.is_some(),
            created_by: secret.created_by.clone(),
            creator: resource.profile_text("created_by").unwrap_or_default().to_owned(),
            policies: texts(resource.profile.as_ref(), "policies"),
        }
    }

    /// Whether it worked at `moment`.
    pub(crate) fn state(&self, moment: DateTime<Utc>) -> TokenState {
        let status = self.status.to_ascii_lowercase();
        match status.as_str() {
            "expired" => TokenState::Expired,
            _ if self.expires_at.is_some_and(|end| end <= moment) => TokenState::Expired,
            "disabled" => TokenState::Disabled,
            _ => TokenState::Active,
        }
    }

    /// What it may do, place by place: `DNS Write, Zone Read on all zones; not Logs Read on the whole account`.
    pub(crate) fn may(&self) -> String {
        policy::summary(&self.policies)
    }

    /// Whether one of its policies allows the permission of this name.
    pub(crate) fn is_allowed(&self, permission: &str) -> bool {
        self.policies
            .iter()
            .any(|policy| Policy::parse(policy).allows(permission))
    }

    /// How long before `moment` it was last used or, never used, made; `None` when not known.
    pub(crate) fn idle(&self, moment: DateTime<Utc>) -> Option<TimeDelta> {
        let last = self
            .last_used_at
            .or(self.created_at.filter(|_| self.use_is_known))?;
        Some(moment - last)
    }
}

/// What makes the resource a credential, if it is one.
pub(crate) fn secret_trait(resource: &Resource) -> Option<&SecretTrait> {
    resource
        .annotations
        .iter()
        .find_map(|annotation| match annotation {
            Annotation::Secret(secret) => Some(secret),
            _ => None,
        })
}
