//! Which records are wanted, and the SQL for it.

use model::{EntitlementId, ResourceId, ResourceTypeId, SyncId};

/// Which resources are wanted; `None` is no restriction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResourceFilter {
    /// Those of a type.
    pub resource_type: Option<ResourceTypeId>,
    /// Those that belong to a resource.
    pub parent: Option<ResourceId>,
}

/// Which entitlements are wanted; `None` is no restriction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntitlementFilter {
    /// Those on resources of a type.
    pub resource_type: Option<ResourceTypeId>,
    /// Those on a resource.
    pub resource: Option<ResourceId>,
}

/// Which grants are wanted; `None` is no restriction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GrantFilter {
    /// Those of an entitlement.
    pub entitlement: Option<EntitlementId>,
    /// Those of entitlements on resources of a type.
    pub resource_type: Option<ResourceTypeId>,
    /// Those of entitlements on a resource.
    pub resource: Option<ResourceId>,
    /// Those to principals of a type.
    pub principal_type: Option<ResourceTypeId>,
    /// Those to a principal.
    pub principal: Option<ResourceId>,
}

/// Columns and the text that each must equal.
pub(super) struct Conditions(pub(super) Vec<(&'static str, String)>);

impl Conditions {
    fn of_type(mut self, column: &'static str, id: Option<&ResourceTypeId>) -> Self {
        self.0.extend(id.map(|id| (column, id.to_string())));
        self
    }

    fn resource(self, columns: (&'static str, &'static str), id: Option<&ResourceId>) -> Self {
        let mut conditions = self.of_type(columns.0, id.map(|id| &id.resource_type));
        conditions
            .0
            .extend(id.map(|id| (columns.1, id.object.to_string())));
        conditions
    }
}

pub(super) fn all(sync: &SyncId) -> Conditions {
    Conditions(vec![("sync_id", sync.to_string())])
}

pub(super) fn by_external_id(sync: &SyncId, id: &str) -> Conditions {
    Conditions(vec![
        ("sync_id", sync.to_string()),
        ("external_id", id.to_owned()),
    ])
}

impl ResourceFilter {
    pub(super) fn conditions(&self, sync: &SyncId) -> Conditions {
        all(sync)
            .of_type("resource_type_id", self.resource_type.as_ref())
            .resource(
                ("parent_resource_type_id", "parent_resource_id"),
                self.parent.as_ref(),
            )
    }
}

impl EntitlementFilter {
    pub(super) fn conditions(&self, sync: &SyncId) -> Conditions {
        all(sync)
            .of_type("resource_type_id", self.resource_type.as_ref())
            .resource(("resource_type_id", "resource_id"), self.resource.as_ref())
    }
}

impl GrantFilter {
    pub(super) fn conditions(&self, sync: &SyncId) -> Conditions {
        let mut conditions = all(sync)
            .of_type("resource_type_id", self.resource_type.as_ref())
            .resource(("resource_type_id", "resource_id"), self.resource.as_ref())
            .of_type("principal_resource_type_id", self.principal_type.as_ref())
            .resource(
                ("principal_resource_type_id", "principal_resource_id"),
                self.principal.as_ref(),
            );
        let entitlement = self.entitlement.as_ref();
        conditions
            .0
            .extend(entitlement.map(|id| ("entitlement_id", id.to_string())));
        conditions
    }
}
