//! Somebody with an account.

use model::{Annotation, Lifecycle, Resource, ResourceId, UserTrait};

use crate::rights::{Holding, RightKind, display_name};

/// Somebody with an account, and what they hold.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    /// Their identity.
    pub(crate) id: ResourceId,
    /// Their name, or what stands for it.
    pub(crate) name: String,
    /// The primary address; may be empty.
    pub(crate) email: String,
    /// Whether the account is in use.
    pub(crate) enabled: bool,
    /// The state in the system's own word, such as `Accepted`; may be empty.
    pub(crate) status: String,
    /// Whether a second factor is set up; `None` when not known.
    pub(crate) second_factor: Option<bool>,
    /// What they hold, group memberships included.
    pub(crate) holdings: Vec<Holding>,
}

impl Person {
    /// The person that a resource stands for, still without holdings.
    pub(crate) fn of(resource: &Resource) -> Self {
        let user = user_trait(resource);
        let status = resource
            .status
            .as_ref()
            .or(user.and_then(|user| user.status.as_ref()));
        Self {
            id: resource.id.clone(),
            name: display_name(resource).to_owned(),
            email: email(resource).to_owned(),
            enabled: status.is_none_or(|status| is_in_use(status.lifecycle)),
            status: status.map(|status| status.details.clone()).unwrap_or_default(),
            second_factor: user.and_then(|user| user.has_second_factor),
            holdings: Vec::new(),
        }
    }

    /// The groups that they are in.
    pub(crate) fn groups(&self) -> impl Iterator<Item = &Holding> {
        self.of_kind(RightKind::Membership)
    }

    /// What they may do: everything but the memberships.
    pub(crate) fn rights(&self) -> impl Iterator<Item = &Holding> {
        self.holdings
            .iter()
            .filter(|holding| holding.right.kind != RightKind::Membership)
    }

    /// Holdings of one kind.
    pub(crate) fn of_kind(&self, kind: RightKind) -> impl Iterator<Item = &Holding> {
        self.holdings
            .iter()
            .filter(move |holding| holding.right.kind == kind)
    }

    /// Whether they may do everything.
    pub(crate) fn is_super_administrator(&self) -> bool {
        self.holdings
            .iter()
            .any(|holding| holding.right.is_full_control())
    }
}

fn is_in_use(lifecycle: Lifecycle) -> bool {
    !matches!(lifecycle, Lifecycle::Disabled | Lifecycle::Deleted)
}

/// What makes the resource a person's account, if it is one.
pub(crate) fn user_trait(resource: &Resource) -> Option<&UserTrait> {
    resource
        .annotations
        .iter()
        .find_map(|annotation| match annotation {
            Annotation::User(user) => Some(user),
            _ => None,
        })
}

/// The primary address; empty when there is none.
pub(crate) fn email(resource: &Resource) -> &str {
    let first = user_trait(resource).and_then(|user| user.emails.first());
    first
        .map(String::as_str)
        .or_else(|| resource.profile_text("email"))
        .unwrap_or_default()
}
