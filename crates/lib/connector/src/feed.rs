//! Feeds: the pieces in which an account is read.

use model::{ResourceId, ResourceTypeId};

/// Names a feed within its connector, such as `members` or `user-group-members/1a2b`.
///
/// It is kept in checkpoints, so it must mean the same thing after a restart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct FeedId(pub String);

impl std::fmt::Display for FeedId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for FeedId {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// A piece of the account that is read as a whole.
///
/// What an interrupted feed owns is forgotten, and it is read again from its start: a listing is never
/// stitched together from two different days.
///
/// Things to hold that several feeds may find (a role or a place that no list has, and what can be held on
/// it) are owned by none of those feeds. They are only ever added, so within one run such a thing may outlive
/// its only holder; the grants of it are owned, and go. The next run begins without it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Feed {
    /// Its name.
    pub id: FeedId,
    /// What people see while it is read, such as `members`; feeds with the same title share a bar.
    pub title: String,
    /// Feeds that must have been read before, because this one asks [`crate::Known`] for what they found.
    pub after: Vec<FeedId>,
    /// What this feed alone writes: forgotten before it is read again.
    pub owns: Vec<Owned>,
}

/// A set of records that one feed alone writes.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owned {
    /// All resources of a type.
    Resources(ResourceTypeId),
    /// All entitlements on resources of a type.
    Entitlements(ResourceTypeId),
    /// All grants of entitlements on resources of one type to principals of another.
    Grants {
        /// The type of the resources that the entitlements are on.
        on: ResourceTypeId,
        /// The type of the principals.
        to: ResourceTypeId,
    },
    /// All grants of entitlements on one resource.
    GrantsOn(ResourceId),
}
