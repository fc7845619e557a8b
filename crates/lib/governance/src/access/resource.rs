//! People, groups, roles, credentials, as rows.

use chrono::{DateTime, Utc};
use model::{Lifecycle, ResourceId, ResourceTypeId};

/// What part a resource plays, by its trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResourceKind {
    /// A person's or a program's account.
    User,
    /// A set of accounts.
    Group,
    /// A bundle of rights.
    Role,
    /// An application.
    App,
    /// A credential.
    Secret,
    /// Something else, such as a place where rights hold.
    Other,
}

/// A type of resources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessType {
    /// Its id, such as `user`.
    pub id: ResourceTypeId,
    /// Its name, for people.
    pub name: String,
    /// What part its resources play.
    pub kind: ResourceKind,
    /// Whether large changes in their number are normal.
    pub volatile: bool,
}

/// Stands for all that matters about a resource: what has the same differs at most in when it was last used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub i64);

/// A resource, as the file has it.
#[derive(Clone, Debug, PartialEq)]
pub struct AccessResource {
    /// Its identity, exactly as in the file.
    pub id: ResourceId,
    /// What it belongs to.
    pub parent: Option<ResourceId>,
    /// What part it plays.
    pub kind: ResourceKind,
    /// For people; its object id when it has none.
    pub name: String,
    /// For people; may be empty.
    pub description: String,
    /// The primary address of an account; may be empty.
    pub email: String,
    /// Whether it is in use.
    pub lifecycle: Lifecycle,
    /// Why, in the word of where it comes from, such as `Accepted`; may be empty.
    pub status: String,
    /// Whether a second factor is set up; `None` when not known, or when it is no account.
    pub second_factor: Option<bool>,
    /// When it was last used: the last login of an account, the last use of a credential.
    pub last_used_at: Option<DateTime<Utc>>,
    /// When it was made, where it comes from.
    pub created_at: Option<DateTime<Utc>>,
    /// When a credential stops working.
    pub expires_at: Option<DateTime<Utc>>,
    /// Free attributes, as a JSON object.
    pub profile: String,
    /// What tells whether it has changed.
    pub fingerprint: Fingerprint,
}

/// A resource on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedResource {
    /// The resource.
    pub resource: AccessResource,
    /// Whether the file has it. Otherwise something names it, and nothing more is known.
    pub known: bool,
    /// How much it holds.
    pub holds: u64,
}

/// What a resource is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceName {
    /// Its identity.
    pub id: ResourceId,
    /// What part it plays.
    pub kind: ResourceKind,
    /// For people.
    pub name: String,
}

impl From<&AccessResource> for ResourceName {
    fn from(resource: &AccessResource) -> Self {
        Self {
            id: resource.id.clone(),
            kind: resource.kind,
            name: resource.name.clone(),
        }
    }
}
