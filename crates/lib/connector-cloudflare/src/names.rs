//! Names for what Cloudflare's answers often give as an id only.

use std::collections::HashMap;
use std::sync::Arc;

use cloudflare::AccountId;
use cloudflare::types::{PermissionGroup, Zone};

/// What is known about names, as far as it may be read.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    /// The account that is read.
    pub(crate) account: AccountId,
    /// The catalogue of permission groups, in Cloudflare's order.
    pub(crate) permission_groups: Arc<Vec<PermissionGroup>>,
    zones: Arc<HashMap<String, String>>,
}

impl Names {
    /// Nothing is known yet.
    pub(crate) fn new(account: AccountId) -> Self {
        Self {
            account,
            permission_groups: Arc::default(),
            zones: Arc::default(),
        }
    }

    /// With the catalogue.
    pub(crate) fn with_permission_groups(mut self, groups: Arc<Vec<PermissionGroup>>) -> Self {
        self.permission_groups = groups;
        self
    }

    /// With the names of zones by id.
    pub(crate) fn with_zones(mut self, zones: Arc<HashMap<String, String>>) -> Self {
        self.zones = zones;
        self
    }

    /// The zone's name, or its id when the name may not be read.
    pub(crate) fn zone<'a>(&'a self, id: &'a str) -> &'a str {
        self.zones.get(id).map_or(id, String::as_str)
    }

    /// The permission group's name, from wherever there is one; else its id.
    pub(crate) fn permission_group<'a>(&'a self, group: &'a PermissionGroup) -> &'a str {
        let listed = || {
            let entry = self.permission_groups.iter().find(|entry| entry.id == group.id)?;
            entry.name.as_deref()
        };
        group.name.as_deref().or_else(listed).unwrap_or(group.id.as_str())
    }
}

/// The names of zones by id.
pub(crate) fn of_zones(zones: &[Zone]) -> HashMap<String, String> {
    let named = zones.iter().filter(|zone| !zone.name.is_empty());
    named
        .map(|zone| (zone.id.to_string(), zone.name.clone()))
        .collect()
}
