//! What can be held, as rows.

use model::{EntitlementId, Purpose, ResourceId};

use super::ResourceName;

/// Something that can be held, as the file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessEntitlement {
    /// Its id, exactly as in the file.
    pub id: EntitlementId,
    /// What it is on.
    pub resource: ResourceId,
    /// The last part of the id, such as `member`.
    pub slug: String,
    /// For people; the slug when it has none.
    pub name: String,
    /// For people; may be empty.
    pub description: String,
    /// What kind of right it is.
    pub purpose: Purpose,
    /// Whether it cannot be granted or revoked through the connector.
    pub immutable: bool,
}

/// Something that can be held, on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedEntitlement {
    /// The entitlement.
    pub entitlement: AccessEntitlement,
    /// What it is on.
    pub on: ResourceName,
    /// Whether the file has it. Otherwise a grant names it, and nothing more is known.
    pub known: bool,
    /// How many hold it, each way.
    pub holders: u64,
    /// How many of them were given it themselves.
    pub direct_holders: u64,
}
