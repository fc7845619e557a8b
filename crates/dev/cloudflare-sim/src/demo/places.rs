//! Zones and resource groups of the demo.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{ACCOUNT, days_ago, id, rows};
use crate::state::{ResourceGroup, Zone};

/// Name, status, age in days.
const ZONES: &str = include_str!("zones.tsv");

/// Resource groups by the words that the tables use for them.
pub(super) struct Places(Vec<(String, Arc<ResourceGroup>)>);

impl Places {
    /// The account-wide one has the empty name.
    pub(super) fn find(&self, name: &str) -> Option<&Arc<ResourceGroup>> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, group)| group)
    }

    pub(super) fn all(&self) -> Vec<Arc<ResourceGroup>> {
        self.0.iter().map(|(_, group)| group.clone()).collect()
    }
}

/// The zones, and the places on them.
pub(super) fn places(now: DateTime<Utc>) -> (Vec<Zone>, Places) {
    let zones: Vec<_> = rows(ZONES)
        .map(|row| zone(now, row.text(0), row.text(1), row.number(2).unwrap_or_default()))
        .collect();
    let ids = |names: &[&str]| -> Vec<String> {
        names
            .iter()
            .map(|name| zone_id(&format!("{name}.example.com")))
            .collect()
    };
    let domains = |name: &str, names: &[&str]| ResourceGroup::domains(id(name), name, ACCOUNT, &ids(names));
    let places = [
        (
            String::new(),
            ResourceGroup::account_wide(id("everything"), ACCOUNT),
        ),
        named(domains("Production domains", &["shop", "www", "checkout"])),
        named(domains("Staging domains", &["staging", "preview"])),
        adhoc("shop.example.com"),
        adhoc("campaign.example.com"),
        (
            "inline shop.example.com".to_owned(),
            ResourceGroup::inline_zones(id("inline"), ACCOUNT, &ids(&["shop"])),
        ),
        (
            "worker checkout".to_owned(),
            ResourceGroup::worker(id("place worker"), ACCOUNT, &id("worker checkout")),
        ),
    ];
    (
        zones,
        Places(
            places
                .into_iter()
                .map(|(name, group)| (name, Arc::new(group)))
                .collect(),
        ),
    )
}

fn named(group: ResourceGroup) -> (String, ResourceGroup) {
    (group.name.clone().unwrap_or_default(), group)
}

fn adhoc(zone: &str) -> (String, ResourceGroup) {
    (
        format!("zone {zone}"),
        ResourceGroup::adhoc_zone(id(&format!("adhoc {zone}")), &zone_id(zone)),
    )
}

/// Id of a zone of this name.
pub(super) fn zone_id(name: &str) -> String {
    id(&format!("zone {name}"))
}

fn zone(now: DateTime<Utc>, name: &str, status: &str, age: i64) -> Zone {
    let created_on = days_ago(now, age);
    Zone {
        id: zone_id(name),
        name: name.to_owned(),
        status: status.to_owned(),
        activated_on: (status == "active").then(|| created_on.clone()),
        created_on,
    }
}
