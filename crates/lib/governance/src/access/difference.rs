//! What changed from one snapshot to the next.

use model::EntitlementId;

use super::{AccessType, ResourceName};

/// What is different from the base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// By type, in the file's order; what only the base had comes last.
    pub types: Vec<TypeChange>,
    /// The resources. What was only used is not altered.
    pub resources: Changes<ResourceName>,
    /// How many grants there were.
    pub grants_before: u64,
    /// The grants. One is altered when it is held another way.
    pub grants: Changes<GrantName>,
}

impl Difference {
    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        self.resources.is_empty() && self.grants.is_empty()
    }
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes<T> {
    /// What is new.
    pub added: Changed<T>,
    /// What is gone.
    pub removed: Changed<T>,
    /// What is not as it was.
    pub altered: Changed<T>,
}

impl<T> Changes<T> {
    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        [&self.added, &self.removed, &self.altered]
            .iter()
            .all(|changed| changed.count == 0)
    }
}

/// How many, and some of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed<T> {
    /// How many.
    pub count: u64,
    /// The first of them.
    pub samples: Vec<T>,
}

/// What a grant is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantName {
    /// What is held.
    pub entitlement: EntitlementId,
    /// That, for people.
    pub entitlement_name: String,
    /// Who holds it.
    pub principal: ResourceName,
}
