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
    /// The catalogue of permission groups, sorted by id.
    pub(crate) permission_groups: Arc<Vec<PermissionGroup>>,
    /// Names of zones.
    pub(crate) zones: Option<Arc<ZoneNames>>,
}

impl Names {
    /// Nothing is known yet.
    pub(crate) fn new(account: AccountId) -> Self {
        Self {
            account,
            permission_groups: Arc::default(),
            zones: None,
        }
    }

    /// The zone's name, or its id when the name may not be read.
    pub(crate) fn zone<'a>(&'a self, id: &'a str) -> &'a str {
        let name = self.zones.as_deref().and_then(|zones| zones.get(id));
        name.map_or(id, String::as_str)
    }

    /// The permission group's name, from wherever there is one; else its id.
    pub(crate) fn permission_group<'a>(&'a self, group: &'a PermissionGroup) -> &'a str {
        let listed = self.listed(group).and_then(|listed| listed.name.as_deref());
        listed.or(group.name.as_deref()).unwrap_or(group.id.as_str())
    }

    /// What the permission group is for; may be empty.
    pub(crate) fn description<'a>(&'a self, group: &'a PermissionGroup) -> &'a str {
        let meta = self.listed(group).map_or(&group.meta, |listed| &listed.meta);
        meta.description.as_deref().unwrap_or_default()
    }

    /// Whether the catalogue has a permission group of this id.
    pub(crate) fn lists_permission_group(&self, id: &str) -> bool {
        self.by_id(id).is_some()
    }

    /// The catalogue's entry: policies may repeat less of it.
    fn listed(&self, group: &PermissionGroup) -> Option<&PermissionGroup> {
        self.by_id(group.id.as_str())
    }

    fn by_id(&self, id: &str) -> Option<&PermissionGroup> {
        let groups = &self.permission_groups;
        let position = groups.binary_search_by(|entry| entry.id.as_str().cmp(id)).ok()?;
        groups.get(position)
    }
}

/// The catalogue in the order that [`Names`] keeps.
pub(crate) fn catalogue(mut groups: Vec<PermissionGroup>) -> Vec<PermissionGroup> {
    groups.sort_by(|one, other| one.id.cmp(&other.id));
    groups
}

/// The names of zones by id.
pub(crate) fn of_zones(zones: Vec<Zone>) -> ZoneNames {
    let named = zones.into_iter().filter(|zone| !zone.name.is_empty());
    named.map(|zone| (zone.id.into(), zone.name)).collect()
}
