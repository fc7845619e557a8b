//! That somebody holds an entitlement.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::{Annotation, EntitlementId, GrantId, Resource, ResourceId, ResourceTypeId};

/// The fact that a principal holds an entitlement.
#[derive(Clone, Debug, PartialEq)]
pub struct Grant {
    /// `<entitlement id>:<principal type>:<principal object>`.
    pub id: GrantId,
    /// What is held.
    pub entitlement: EntitlementId,
    /// The complete resource that the entitlement is on.
    pub resource: Arc<Resource>,
    /// Who holds it.
    pub principal: ResourceId,
    /// Additions, in order; never the expansion, which is its own field.
    pub annotations: Vec<Annotation>,
    /// Set when those who hold other entitlements on the principal hold this one through it.
    pub expandable: Option<Expandable>,
    /// Through which entitlements it is held; empty for a grant that is only direct.
    pub sources: BTreeMap<EntitlementId, GrantSource>,
}

impl Grant {
    /// A direct grant of the entitlement `slug` on `resource` to `principal`.
    pub fn new(resource: Arc<Resource>, slug: &str, principal: ResourceId) -> Self {
        let entitlement = EntitlementId::on(&resource.id, slug);
        Self::of(entitlement, resource, principal)
    }

    /// A direct grant of a known entitlement on `resource` to `principal`.
    pub fn of(entitlement: EntitlementId, resource: Arc<Resource>, principal: ResourceId) -> Self {
        Self {
            id: GrantId::new(format!("{entitlement}:{principal}")),
            entitlement,
            resource,
            principal,
            annotations: Vec::new(),
            expandable: None,
            sources: BTreeMap::new(),
        }
    }

    /// Adds an annotation.
    pub fn with_annotation(mut self, annotation: Annotation) -> Self {
        self.annotations.push(annotation);
        self
    }
}

/// Says that holders of other entitlements hold a grant's entitlement too (`GrantExpandable`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expandable {
    /// The entitlements whose holders receive it; each must be on the grant's principal.
    pub entitlements: Vec<EntitlementId>,
    /// Whether only those who hold them directly do.
    pub shallow: bool,
    /// The types of principals that receive it; empty means all.
    pub resource_types: Vec<ResourceTypeId>,
}

/// How an entitlement contributes to a grant (`GrantSources.GrantSource`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GrantSource {
    /// Whether the principal holds that entitlement itself, not through another.
    pub is_direct: bool,
}
