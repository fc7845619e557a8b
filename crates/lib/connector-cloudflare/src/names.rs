//! Names for what Cloudflare's answers often give as an id only.

use std::collections::HashMap;
use std::sync::Arc;

use cloudflare::AccountId;
use cloudflare::types::{PermissionGroup, Zone};

/// Names of zones by id.
pub(crate) type ZoneNames = HashMap<String, String>;

/// What is known about names: what was not needed yet has not been read, what may not be read is empty.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    /// The account that is read.
    pub(crate) account: AccountId,
    /// The catalogue of permission groups.
    pub(crate) permission_groups: Option<Arc<Vec<PermissionGroup>>>,
    /// Names of zones.
    pub(crate) zones: Option<Arc<ZoneNames>>,
}

impl Names {
    /// Nothing is known yet.
    pub(crate) fn new(account: AccountId) -> Self {
        Self {
            account,
            permission_groups: None,
            zones: None,
        }
    }

    /// The catalogue of permission groups, in Cloudflare's order.
    pub(crate) fn catalogue(&self) -> &[PermissionGroup] {
        self.permission_groups
            .as_deref()
            .map_or(&[], |groups| groups.as_slice())
    }

    /// The zone's name, or its id when the name may not be read.
    pub(crate) fn zone<'a>(&'a self, id: &'a str) -> &'a str {
        let name = self.zones.as_deref().and_then(|zones| zones.get(id));
        name.map_or(id, String::as_str)
    }

    /// The permission group's name, from wherever there is one; else its id.
    pub(crate) fn permission_group<'a>(&'a self, group: &'a PermissionGroup) -> &'a str {
        let listed = || {
            let entry = self.catalogue().iter().find(|entry| entry.id == group.id)?;
            entry.name.as_deref()
        };
        group.name.as_deref().or_else(listed).unwrap_or(group.id.as_str())
    }
}

/// The names of zones by id.
pub(crate) fn of_zones(zones: Vec<Zone>) -> ZoneNames {
    let named = zones.into_iter().filter(|zone| !zone.name.is_empty());
    named.map(|zone| (zone.id.into(), zone.name)).collect()
}
