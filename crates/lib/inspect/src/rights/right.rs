//! What can be held, in words.

use model::{Annotation, Entitlement, EntitlementId, Resource, ResourceId};

use super::sensitivity::{self, Class};

/// Slugs that say no more than that somebody is in the role or the group.
const PLAIN_SLUGS: [&str; 3] = ["", "member", "assigned"];

/// How the names of entitlements begin that forbid instead of allowing.
const DENIED: &str = "Denied: ";

/// An entitlement as people speak of it: what, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Right {
    /// The entitlement.
    pub(crate) id: EntitlementId,
    /// What it is on.
    pub(crate) on: ResourceId,
    /// What kind of right it is.
    pub(crate) kind: RightKind,
    /// The role, the permission or the group.
    pub(crate) what: String,
    /// The scope that it is limited to; empty for what holds account-wide.
    pub(crate) place: String,
    /// How much harm it allows.
    pub(crate) classes: Vec<Class>,
}

/// Kinds of rights, in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum RightKind {
    /// A role.
    Role,
    /// Something allowed in a place.
    Permission,
    /// Something forbidden in a place.
    Denial,
    /// Being in a group.
    Membership,
}

impl Right {
    /// The right that an entitlement stands for.
    pub(crate) fn of(entitlement: &Entitlement) -> Self {
        let name = if entitlement.display_name.is_empty() {
            &entitlement.slug
        } else {
            &entitlement.display_name
        };
        Self::new(
            entitlement.id.clone(),
            &entitlement.resource,
            &entitlement.slug,
            name,
        )
    }

    /// The right that an entitlement without a record stands for, as far as its grants tell.
    pub(crate) fn missing(id: EntitlementId, on: &Resource) -> Self {
        let prefix = format!("{}:", on.id);
        let slug = id
            .as_str()
            .strip_prefix(&prefix)
            .unwrap_or(id.as_str())
            .to_owned();
        Self::new(id, on, &slug, &slug)
    }

    fn new(id: EntitlementId, on: &Resource, slug: &str, name: &str) -> Self {
        let (kind, what, place) = in_words(on, slug, name);
        let classes = match kind {
            RightKind::Role | RightKind::Permission => sensitivity::classes(&what),
            RightKind::Denial | RightKind::Membership => Vec::new(),
        };
        Self {
            id,
            on: on.id.clone(),
            kind,
            what,
            place,
            classes,
        }
    }

    /// Whether it is one to keep an eye on.
    pub(crate) fn is_powerful(&self) -> bool {
        self.classes.iter().any(|class| class.is_powerful())
    }

    /// Whether it is everything.
    pub(crate) fn is_full_control(&self) -> bool {
        self.classes.contains(&Class::FullControl)
    }

    /// The phrase, and whether it is one that forbids.
    pub(crate) fn title(&self) -> String {
        match self.kind {
            RightKind::Denial => format!("DENIED {}", self.phrase()),
            _ => self.phrase(),
        }
    }

    /// `DNS on Production zones`, or just the role's name.
    pub(crate) fn phrase(&self) -> String {
        if self.place.is_empty() {
            self.what.clone()
        } else {
            format!("{} on {}", self.what, self.place)
        }
    }
}

fn in_words(on: &Resource, slug: &str, name: &str) -> (RightKind, String, String) {
    if on.annotations.contains(&Annotation::Role) {
        (RightKind::Role, whole(on, slug), String::new())
    } else if on.annotations.contains(&Annotation::Group) {
        (RightKind::Membership, whole(on, slug), String::new())
    } else {
        permission(on, name)
    }
}

/// The role or the group, and the part in it unless that is the plain one.
fn whole(on: &Resource, slug: &str) -> String {
    if PLAIN_SLUGS.contains(&slug) {
        return spoken(display_name(on)).to_owned();
    }
    format!("{} ({slug})", display_name(on))
}

/// A permission on the whole account is what a role is.
fn permission(on: &Resource, name: &str) -> (RightKind, String, String) {
    let place = display_name(on);
    let account_wide = on.profile_text("scope_kind") == Some("account");
    let what = match (name.strip_suffix(&format!(" on {place}")), account_wide) {
        (Some(what), _) => what,
        (None, true) => name.rsplit_once(" on ").map_or(name, |(what, _)| what),
        (None, false) => name,
    };
    match (what.strip_prefix(DENIED), account_wide) {
        (Some(denied), _) => (RightKind::Denial, denied.to_owned(), place.to_owned()),
        (None, true) => (RightKind::Role, spoken(what).to_owned(), String::new()),
        (None, false) => (RightKind::Permission, what.to_owned(), place.to_owned()),
    }
}

/// The role's name as people say it: `Super Administrator - All Privileges` has a tail that nobody needs.
pub(crate) fn spoken(role: &str) -> &str {
    role.strip_suffix(" - All Privileges").unwrap_or(role)
}

/// The name of a resource, or its id when it has none.
pub(crate) fn display_name(resource: &Resource) -> &str {
    if resource.display_name.is_empty() {
        resource.id.object.as_str()
    } else {
        &resource.display_name
    }
}
