//! Files of older writers: columns that came later, and expansions that moved.

use prost::Message as _;
use proto::connector_v2::Grant;
use rusqlite::{Connection, params};

use crate::grant_row::{expands, take_expandable};
use crate::{Error, message};

/// Columns that older files lack, in the order in which they were introduced.
const LATER: [(&str, &str, &str); 11] = [
    ("v1_sync_runs", "sync_type", "text not null default 'full'"),
    ("v1_sync_runs", "parent_sync_id", "text not null default ''"),
    ("v1_sync_runs", "linked_sync_id", "text not null default ''"),
    ("v1_sync_runs", "supports_diff", "integer not null default 0"),
    ("v1_sync_runs", "grants_backfilled", "integer not null default 0"),
    ("v1_sync_runs", "stats", "text"),
    (
        "v1_sync_runs",
        "ingest_invariant_generation",
        "text not null default ''",
    ),
    (
        "v1_sync_runs",
        "ingest_invariant_coverage",
        "text not null default ''",
    ),
    (
        "v1_sync_runs",
        "ingest_invariant_mode",
        "text not null default ''",
    ),
    ("v1_grants", "expansion", "blob"),
    ("v1_grants", "needs_expansion", "integer not null default 0"),
];

/// Grants looked at between two looks for more.
const PAGE: i64 = 1000;

/// Adds the columns that are missing.
pub(crate) fn add_missing_columns(db: &Connection) -> rusqlite::Result<()> {
    LATER.iter().try_for_each(|(table, column, kind)| {
        if db.column_exists(None, *table, *column)? {
            return Ok(());
        }
        db.execute_batch(&format!("alter table {table} add column {column} {kind}"))
    })
}

/// Moves expansions that older writers kept inside of `data` into their own column.
pub(crate) fn move_expansions(db: &mut Connection) -> Result<(), Error> {
    let transaction = db.transaction()?;
    for sync in syncs_to_move(&transaction)? {
        let mut after = i64::MIN;
        while let Some(last) = move_page(&transaction, &sync, after)? {
            after = last;
        }
        transaction.execute(
            "UPDATE v1_sync_runs SET grants_backfilled = 1 WHERE sync_id = ?1",
            [&sync],
        )?;
    }
    transaction.commit()?;
    Ok(())
}

fn syncs_to_move(db: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = db.prepare("SELECT sync_id FROM v1_sync_runs WHERE grants_backfilled = 0")?;
    let ids = statement.query_map([], |row| row.get(0))?;
    ids.collect()
}

/// Works on the grants after a row; returns the last row that it looked at.
fn move_page(db: &Connection, sync: &str, after: i64) -> Result<Option<i64>, Error> {
    let mut statement = db.prepare_cached(
        "SELECT id, data FROM v1_grants WHERE sync_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
    )?;
    let mut rows = statement.query(params![sync, after, PAGE])?;
    let mut last = None;
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        let grant = message::decode("v1_grants", id, row.get_ref(1)?)?;
        move_one(db, id, grant)?;
        last = Some(id);
    }
    Ok(last)
}

fn move_one(db: &Connection, row: i64, mut grant: Grant) -> Result<(), Error> {
    let taken = take_expandable(&mut grant).map_err(|error| message::unreadable("v1_grants", row, error))?;
    let Some(expandable) = taken else {
        return Ok(());
    };
    let expansion = expands(&expandable).then(|| expandable.encode_to_vec());
    db.prepare_cached("UPDATE v1_grants SET data = ?2, expansion = ?3, needs_expansion = ?4 WHERE id = ?1")?
        .execute(params![
            row,
            grant.encode_to_vec(),
            expansion,
            expansion.is_some()
        ])?;
    Ok(())
}
