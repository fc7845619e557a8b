//! One connection between two entitlements, and what passes over it.

use std::sync::Arc;

use model::{Annotation, EntitlementId, Grant, GrantSource, Resource, ResourceTypeId};

/// Says that holders of `source` hold `target` too.
#[derive(Clone, Debug)]
pub(super) struct Edge {
    pub(super) source: EntitlementId,
    pub(super) target: EntitlementId,
    /// What `target` is on.
    pub(super) resource: Arc<Resource>,
    /// Whether only direct holders of `source` count.
    pub(super) shallow: bool,
    /// The types of principals that count; empty means all.
    pub(super) types: Vec<ResourceTypeId>,
}

impl Edge {
    /// Whether a grant of `source` is passed on.
    pub(super) fn admits(&self, given: &Grant) -> bool {
        let kind = &given.principal.resource_type;
        (self.types.is_empty() || self.types.contains(kind)) && (!self.shallow || is_direct(given))
    }

    /// The grant of `target` that follows from `given`; `None` when `held` says so already.
    pub(super) fn pass_on(&self, given: &Grant, held: Option<&Grant>) -> Option<Grant> {
        let source = GrantSource {
            is_direct: is_direct(given),
        };
        if held.is_some_and(|held| held.sources.get(&self.source) == Some(&source)) {
            return None;
        }
        let mut grant = held.cloned().map_or_else(|| self.new_grant(given), with_itself);
        grant.sources.insert(self.source.clone(), source);
        Some(grant)
    }

    fn new_grant(&self, given: &Grant) -> Grant {
        let (target, resource) = (self.target.clone(), Arc::clone(&self.resource));
        Grant::of(target, resource, given.principal.clone()).with_annotation(Annotation::GrantImmutable)
    }
}

/// A direct grant names itself as soon as it has another source.
fn with_itself(mut grant: Grant) -> Grant {
    if grant.sources.is_empty() {
        grant
            .sources
            .insert(grant.entitlement.clone(), GrantSource { is_direct: true });
    }
    grant
}

/// Whether the principal holds the entitlement itself.
fn is_direct(grant: &Grant) -> bool {
    grant.sources.is_empty() || grant.sources.contains_key(&grant.entitlement)
}
