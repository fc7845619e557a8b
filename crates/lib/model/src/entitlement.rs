//! What can be held on a resource.

use std::sync::Arc;

use crate::{Annotation, EntitlementId, Resource, ResourceId, ResourceType};

/// The last part of an entitlement's id, such as `member`.
pub type EntitlementSlug = str;

/// Something that can be held on a resource.
#[derive(Clone, Debug, PartialEq)]
pub struct Entitlement {
    /// `<resource type>:<object>:<slug>`.
    pub id: EntitlementId,
    /// The complete resource that it is held on.
    pub resource: Arc<Resource>,
    /// For people.
    pub display_name: String,
    /// For people; may be empty.
    pub description: String,
    /// The complete types of those who can hold it.
    pub grantable_to: Vec<Arc<ResourceType>>,
    /// Additions, in order.
    pub annotations: Vec<Annotation>,
    /// What kind of right it is.
    pub purpose: Purpose,
    /// The last part of the id.
    pub slug: String,
}

impl EntitlementId {
    /// The id of the entitlement `slug` on `resource`.
    pub fn on(resource: &ResourceId, slug: &EntitlementSlug) -> Self {
        Self::new(format!("{resource}:{slug}"))
    }
}

/// What kind of right an entitlement is (`c1.connector.v2.Entitlement.PurposeValue`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Not said.
    Unspecified,
    /// Being in something: a role, a group.
    Assignment,
    /// Being allowed something.
    Permission,
    /// Owning something.
    Ownership,
    /// A number that this version does not know; kept as it is.
    Other(i32),
}
