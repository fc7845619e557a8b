//! The indexes, by what they are for (c1z-format, section 3, "Indexes").

use rusqlite::Connection;

/// An index: its name, and what follows it in the statement that creates it.
pub(super) struct Index {
    pub(super) name: &'static str,
    on: &'static str,
    unique: bool,
}

const fn unique(name: &'static str, on: &'static str) -> Index {
    Index {
        name,
        on,
        unique: true,
    }
}

const fn plain(name: &'static str, on: &'static str) -> Index {
    Index {
        name,
        on,
        unique: false,
    }
}

/// Those that cost little to keep up while rows are written: on tables that stay small, with few
/// different keys, or with few rows.
///
/// The name of the one on the parents belongs, by its words, to the unique one on resources below: other
/// writers swapped the two, and would make a second pair of them if we did not.
pub(super) const CHEAP: &[Index] = &[
    unique(
        "idx_resource_types_external_sync_v1",
        "v1_resource_types (external_id, sync_id)",
    ),
    plain(
        "idx_resources_resource_type_id_v1",
        "v1_resources (resource_type_id)",
    ),
    plain(
        "idx_resources_external_sync_v1",
        "v1_resources (parent_resource_type_id, parent_resource_id)",
    ),
    plain(
        "idx_entitlements_resource_id_v1",
        "v1_entitlements (resource_type_id, resource_id)",
    ),
    unique(
        "idx_entitlements_external_sync_v1",
        "v1_entitlements (external_id, sync_id)",
    ),
    unique("idx_sync_runs_sync_id_v1", "v1_sync_runs (sync_id)"),
    plain(
        "idx_grants_sync_expansion_v1",
        "v1_grants (sync_id) where expansion is not null",
    ),
    plain(
        "idx_grants_sync_needs_expansion_v1",
        "v1_grants (sync_id) where needs_expansion = 1",
    ),
    unique("idx_assets_external_sync_v1", "v1_assets (external_id, sync_id)"),
    unique(
        "idx_session_store_sync_key_v1",
        "v1_connector_sessions (sync_id, key)",
    ),
];

/// Those that make a record unique on the tables that grow with the account: kept up row by row they
/// cost more than all the rest.
pub(super) const UNIQUE: &[Index] = &[
    unique(
        "idx_resources_parent_resource_id_v1",
        "v1_resources (external_id, sync_id)",
    ),
    unique("idx_grants_external_sync_v1", "v1_grants (external_id, sync_id)"),
];

/// Those that grant expansion needs.
pub(super) const EXPANSION: &[Index] = &[
    plain(
        "idx_grants_entitlement_id_principal_id_v1",
        "v1_grants (entitlement_id, principal_resource_type_id, principal_resource_id)",
    ),
    plain(
        "idx_grants_entitlement_sync_grant_v1",
        "v1_grants (entitlement_id, sync_id, id)",
    ),
];

/// Those that only readers need.
pub(super) const READING: &[Index] = &[
    plain(
        "idx_grants_resource_type_id_resource_id_v1",
        "v1_grants (resource_type_id, resource_id)",
    ),
    plain(
        "idx_grants_principal_id_v1",
        "v1_grants (principal_resource_type_id, principal_resource_id)",
    ),
];

pub(super) fn create(db: &Connection, indexes: &[Index]) -> rusqlite::Result<()> {
    indexes.iter().try_for_each(|index| {
        let kind = if index.unique { "unique index" } else { "index" };
        db.execute_batch(&format!(
            "create {kind} if not exists {} on {}",
            index.name, index.on
        ))
    })
}

pub(super) fn drop(db: &Connection, indexes: &[Index]) -> rusqlite::Result<()> {
    indexes
        .iter()
        .try_for_each(|index| db.execute_batch(&format!("drop index if exists {}", index.name)))
}
