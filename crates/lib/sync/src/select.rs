//! Which records and feeds a request asks for.

use std::collections::HashSet;

use connector::{Feed, Owned, Syncer};
use model::{Entitlement, Grant, ResourceTypeId};

use crate::{Request, Scope};

/// The part of the account that is wanted.
#[derive(Debug)]
pub(crate) struct Selection {
    types: HashSet<ResourceTypeId>,
    entitlements: bool,
    grants: bool,
    everything: bool,
}

impl Selection {
    /// The selection of a request that was checked.
    pub(crate) fn of(request: &Request, syncer: &dyn Syncer) -> Self {
        let (types, grants) = match &request.scope {
            Scope::Types(types) => (types.iter().cloned().collect(), true),
            Scope::Everything => (all_types(syncer), true),
            Scope::Targets { skip_grants, .. } => (all_types(syncer), !skip_grants),
        };
        let targeted = matches!(request.scope, Scope::Targets { .. });
        let access = targeted || !request.resources_only;
        Self {
            types,
            entitlements: access,
            grants: access && grants,
            everything: targeted || (access && request.scope == Scope::Everything),
        }
    }

    /// Whether resources of the type are wanted.
    pub(crate) fn has(&self, kind: &ResourceTypeId) -> bool {
        self.types.contains(kind)
    }

    /// Whether the entitlement is wanted.
    pub(crate) fn has_entitlement(&self, entitlement: &Entitlement) -> bool {
        self.entitlements && self.has(&entitlement.resource.id.resource_type)
    }

    /// Whether the grant is wanted: both of its ends must be.
    pub(crate) fn has_grant(&self, grant: &Grant) -> bool {
        self.grants && self.has(&grant.resource.id.resource_type) && self.has(&grant.principal.resource_type)
    }

    /// Whether a feed yields anything that is wanted; when all is, feeds are not looked at.
    pub(crate) fn needs(&self, feed: &Feed) -> bool {
        self.everything || feed.owns.iter().any(|owned| self.wants(owned))
    }

    fn wants(&self, owned: &Owned) -> bool {
        match owned {
            Owned::Resources(kind) => self.has(kind),
            Owned::Entitlements(kind) => self.entitlements && self.has(kind),
            Owned::Grants { on, to } => self.grants && self.has(on) && self.has(to),
            Owned::GrantsOn(resource) => self.grants && self.has(&resource.resource_type),
        }
    }
}

fn all_types(syncer: &dyn Syncer) -> HashSet<ResourceTypeId> {
    syncer
        .resource_types()
        .iter()
        .map(|kind| kind.id.clone())
        .collect()
}
