//! Whether every id that a record names is there.

use model::SyncId;
use rusqlite::Connection;

use super::Problem;
use crate::Error;

/// A reference from the rows of one table to those of another.
struct Reference {
    from: &'static str,
    table: &'static str,
    to: &'static str,
    target: &'static str,
    /// The external id that is named, in SQL.
    key: &'static str,
}

const REFERENCES: [Reference; 7] = [
    Reference {
        from: "resource",
        table: "v1_resources",
        to: "resource type",
        target: "v1_resource_types",
        key: "one.resource_type_id",
    },
    Reference {
        from: "resource",
        table: "v1_resources",
        to: "parent",
        target: "v1_resources",
        key: "one.parent_resource_type_id || ':' || one.parent_resource_id",
    },
    Reference {
        from: "entitlement",
        table: "v1_entitlements",
        to: "resource",
        target: "v1_resources",
        key: "one.resource_type_id || ':' || one.resource_id",
    },
    Reference {
        from: "entitlement",
        table: "v1_entitlements",
        to: "resource type",
        target: "v1_resource_types",
        key: "one.resource_type_id",
    },
    Reference {
        from: "grant",
        table: "v1_grants",
        to: "entitlement",
        target: "v1_entitlements",
        key: "one.entitlement_id",
    },
    Reference {
        from: "grant",
        table: "v1_grants",
        to: "resource",
        target: "v1_resources",
        key: "one.resource_type_id || ':' || one.resource_id",
    },
    Reference {
        from: "grant",
        table: "v1_grants",
        to: "principal",
        target: "v1_resources",
        key: "one.principal_resource_type_id || ':' || one.principal_resource_id",
    },
];

pub(super) fn check(db: &Connection, sync: &SyncId, found: &mut dyn FnMut(Problem)) -> Result<(), Error> {
    REFERENCES
        .iter()
        .try_for_each(|reference| follow(db, sync, reference, found))
}

fn follow(
    db: &Connection,
    sync: &SyncId,
    reference: &Reference,
    found: &mut dyn FnMut(Problem),
) -> Result<(), Error> {
    let Reference {
        from,
        table,
        to,
        target,
        key,
    } = reference;
    // A parent that is not set makes the key null, which names nothing.
    let mut statement = db.prepare(&format!(
        "SELECT one.external_id, {key} FROM {table} one WHERE one.sync_id = ?1 AND {key} IS NOT NULL AND NOT EXISTS \
         (SELECT 1 FROM {target} other WHERE other.external_id = {key} AND other.sync_id = one.sync_id) ORDER BY one.id"
    ))?;
    let mut rows = statement.query([sync.as_str()])?;
    while let Some(row) = rows.next()? {
        found(Problem::Dangling {
            from,
            id: row.get(0)?,
            to,
            missing: row.get(1)?,
        });
    }
    Ok(())
}
