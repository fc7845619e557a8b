//! What people ask for: filters, a search, an order.

use model::{Lifecycle, ResourceId, ResourceTypeId};

use super::ResourceKind;

/// What is known of a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SecondFactor {
    /// It is set up.
    On,
    /// It is not.
    Off,
    /// Nobody says.
    Unknown,
}

/// Which resources, and in which order; `None` is no restriction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResourceQuery {
    /// Those of a type.
    pub resource_type: Option<ResourceTypeId>,
    /// Those that play a part; [`ResourceKind::User`] is all accounts.
    pub kind: Option<ResourceKind>,
    /// Those in a state.
    pub lifecycle: Option<Lifecycle>,
    /// Those of which this is known.
    pub second_factor: Option<SecondFactor>,
    /// Those with this text in their name, address or id, in capitals or not; empty is no restriction.
    pub search: String,
    /// By what they are ordered; after that always by name.
    pub order: ResourceOrder,
    /// Whether the order is turned round. What has no value comes last either way.
    pub descending: bool,
}

/// By what resources are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ResourceOrder {
    /// The name.
    #[default]
    Name,
    /// The address.
    Email,
    /// The type.
    Type,
    /// The state, then its word.
    Status,
    /// Whether a second factor is set up, those without first.
    SecondFactor,
    /// When it was last used.
    LastUsed,
    /// When it was made.
    Created,
    /// When it stops working.
    Expires,
    /// How much it holds.
    Holds,
}

/// Which entitlements, and in which order; `None` is no restriction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntitlementQuery {
    /// Those on resources of a type.
    pub resource_type: Option<ResourceTypeId>,
    /// Those on a resource.
    pub resource: Option<ResourceId>,
    /// Those with this text in their name, slug or id, in capitals or not; empty is no restriction.
    pub search: String,
    /// By what they are ordered; after that always by name.
    pub order: EntitlementOrder,
    /// Whether the order is turned round.
    pub descending: bool,
}

/// By what entitlements are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum EntitlementOrder {
    /// The name.
    #[default]
    Name,
    /// How many hold it.
    Holders,
}

/// Which of those who hold something; they come by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HolderQuery {
    /// Those with this text in their name, address or id, in capitals or not; empty is no restriction.
    pub search: String,
    /// Those who were given it themselves (`true`), or only hold it through something else (`false`).
    pub direct: Option<bool>,
}
