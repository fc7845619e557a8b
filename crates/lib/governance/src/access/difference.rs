//! What changed from one snapshot to the next.

use std::collections::BTreeSet;

use model::{EntitlementId, ResourceTypeId};

use super::{AccessType, ResourceName};
use crate::UploadId;

/// What is different from the base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The file that the base was made from.
    pub base: UploadId,
    /// By type, in the file's order; what only the base had comes last.
    pub types: Vec<TypeChange>,
    /// The resources. What was only used is not altered.
    pub resources: Changes,
    /// What can be held. One is altered when it is called or described otherwise.
    pub entitlements: Changes,
    /// How many grants there were.
    pub grants_before: u64,
    /// The grants. One is altered when it is held another way.
    pub grants: Changes,
}

impl Difference {
    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        self.resources.is_empty() && self.entitlements.is_empty() && self.grants.is_empty()
    }
}

impl Difference {
    /// The types that there were and that were not among those asked for; nothing when everything was.
    pub(crate) fn left_out(&self, asked: &BTreeSet<ResourceTypeId>) -> Vec<ResourceTypeId> {
        let is_left_out =
            |one: &&TypeChange| one.before > 0 && !asked.is_empty() && !asked.contains(&one.of.id);
        let left_out = self.types.iter().filter(is_left_out);
        left_out.map(|one| one.of.id.clone()).collect()
    }

    /// The same without these types, as far as losses go: the grants are those that have nothing to do with them.
    pub(crate) fn without(mut self, left_out: &[ResourceTypeId], grants: GrantsLost) -> Self {
        self.types.retain(|one| !left_out.contains(&one.of.id));
        self.grants_before = grants.before;
        self.grants.removed.count = grants.removed;
        self
    }
}

/// How many grants there were, and how many of them are gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GrantsLost {
    /// How many there were.
    pub before: u64,
    /// How many of those are gone.
    pub removed: u64,
}

/// What is different in a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeChange {
    /// The type.
    pub of: AccessType,
    /// How many resources there were.
    pub before: u64,
    /// How many are new.
    pub added: u64,
    /// How many are gone.
    pub removed: u64,
    /// How many are not as they were.
    pub altered: u64,
}

/// Three ways to be different.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// What is new.
    pub added: Changed,
    /// What is gone.
    pub removed: Changed,
    /// What is not as it was.
    pub altered: Changed,
}

impl Changes {
    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        [&self.added, &self.removed, &self.altered]
            .iter()
            .all(|changed| changed.count == 0)
    }
}

/// How many, and some of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// How many.
    pub count: u64,
    /// The first of them.
    pub samples: Vec<Change>,
}

/// One thing that is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The account or other resource; what an entitlement is on; who holds a grant.
    pub resource: ResourceName,
    /// What can be held, or is held; `None` for a resource.
    pub entitlement: Option<EntitlementName>,
    /// What is not as it was, in words; empty for what is new or gone.
    pub altered: String,
}

/// What an entitlement is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntitlementName {
    /// Its id.
    pub id: EntitlementId,
    /// For people.
    pub name: String,
}
