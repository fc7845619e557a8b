//! Policies: permission groups on resource groups.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{PermissionGroup, ResourceGroup};

/// Whether a policy gives or takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// Gives.
    Allow,
    /// Takes.
    Deny,
}

/// One policy of a member or a user group.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Made by the service.
    pub id: String,
    /// Allow or deny.
    pub access: Effect,
    /// What.
    pub permission_groups: Vec<Arc<PermissionGroup>>,
    /// Where.
    pub resource_groups: Vec<Arc<ResourceGroup>>,
    /// Fields that somebody sent and the schema does not have; they come back as they were.
    pub extra: Map<String, Value>,
}

impl Policy {
    /// A policy with the documented fields only.
    pub fn new(
        id: String,
        access: Effect,
        permission_groups: Vec<Arc<PermissionGroup>>,
        resource_groups: Vec<Arc<ResourceGroup>>,
    ) -> Self {
        Self {
            id,
            access,
            permission_groups,
            resource_groups,
            extra: Map::new(),
        }
    }

    /// Whether it makes somebody a Super Administrator.
    pub fn gives_super_administrator(&self) -> bool {
        let mut groups = self.permission_groups.iter();
        self.access == Effect::Allow && groups.any(|group| group.is_super_administrator())
    }
}
