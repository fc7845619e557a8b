//! That somebody holds something, as rows.

use std::collections::BTreeMap;

use model::{EntitlementId, GrantId, GrantSource, ResourceId};

use super::{ListedEntitlement, ListedResource, ResourceName};

/// That somebody holds something, as the file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessGrant {
    /// Its id, exactly as in the file.
    pub id: GrantId,
    /// What is held.
    pub entitlement: EntitlementId,
    /// What that is on.
    pub resource: ResourceId,
    /// Who holds it.
    pub principal: ResourceId,
    /// Whether it was given to the holder itself, whatever else leads to it.
    pub direct: bool,
    /// Whether it cannot be taken back by itself.
    pub immutable: bool,
    /// The entitlements through which it is held.
    pub sources: BTreeMap<EntitlementId, GrantSource>,
}

/// What somebody holds, on their page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// That it is held.
    pub grant: AccessGrant,
    /// What.
    pub entitlement: ListedEntitlement,
    /// Through what else than itself.
    pub through: Vec<Through>,
}

/// Who holds something, on its page.
#[derive(Clone, Debug, PartialEq)]
pub struct Holder {
    /// That it is held.
    pub grant: AccessGrant,
    /// By whom.
    pub principal: ListedResource,
    /// Through what else than itself.
    pub through: Vec<Through>,
}

/// What leads to a grant, such as being in a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Through {
    /// What is held for it.
    pub entitlement: EntitlementId,
    /// What that is on, such as the group.
    pub on: ResourceName,
    /// Whether that is held by itself, not through yet another.
    pub direct: bool,
}
