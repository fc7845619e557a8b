//! How much a sync holds (`v1_sync_runs.stats`; the keys are those of `c1.reader.v2.SyncStats`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Numbers of records. Zeros and empty maps are left out of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Stats {
    /// Resource types.
    #[serde(skip_serializing_if = "is_zero")]
    pub resource_types: u64,
    /// Resources.
    #[serde(skip_serializing_if = "is_zero")]
    pub resources: u64,
    /// Entitlements.
    #[serde(skip_serializing_if = "is_zero")]
    pub entitlements: u64,
    /// Grants.
    #[serde(skip_serializing_if = "is_zero")]
    pub grants: u64,
    /// Resources by their type; types without any count 0.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub resources_by_resource_type: BTreeMap<String, u64>,
    /// Grants by the type of the resource that the entitlement is on.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub grants_by_resource_type: BTreeMap<String, u64>,
    /// Entitlements by the type of their resource.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub entitlements_by_resource_type: BTreeMap<String, u64>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this shape")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl Stats {
    /// Counts the rows of a sync.
    pub(crate) fn count(db: &rusqlite::Connection, sync: &str) -> rusqlite::Result<Self> {
        let mut stats = Self {
            resource_types: 0,
            resources_by_resource_type: by_type(db, "v1_resources", sync)?,
            grants_by_resource_type: by_type(db, "v1_grants", sync)?,
            entitlements_by_resource_type: by_type(db, "v1_entitlements", sync)?,
            ..Self::default()
        };
        for id in type_ids(db, sync)? {
            stats.resource_types += 1;
            stats.resources_by_resource_type.entry(id).or_default();
        }
        stats.resources = stats.resources_by_resource_type.values().sum();
        stats.grants = stats.grants_by_resource_type.values().sum();
        stats.entitlements = stats.entitlements_by_resource_type.values().sum();
        Ok(stats)
    }

    /// The form in which the file keeps them.
    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

fn by_type(db: &rusqlite::Connection, table: &str, sync: &str) -> rusqlite::Result<BTreeMap<String, u64>> {
    let sql = format!("SELECT resource_type_id, count(*) FROM {table} WHERE sync_id = ?1 GROUP BY 1");
    let mut statement = db.prepare(&sql)?;
    let rows = statement.query_map([sync], |row| {
        Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
    })?;
    rows.collect()
}

fn type_ids(db: &rusqlite::Connection, sync: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = db.prepare("SELECT external_id FROM v1_resource_types WHERE sync_id = ?1")?;
    let rows = statement.query_map([sync], |row| row.get(0))?;
    rows.collect()
}
