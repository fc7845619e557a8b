//! Begins a sync, or goes on with one.

use chrono::{DateTime, Utc};
use model::SyncId;
use rusqlite::{Connection, params};

use super::{retention, unfinished};
use crate::run::newest_finished;
use crate::{Error, SyncKind, SyncRun, schema, time};

pub(super) fn start(
    db: &mut Connection,
    id: &SyncId,
    kind: &SyncKind,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let given_up = unfinished::superseded(db, kind)?;
    let parent = parent(db, kind)?;
    let transaction = db.transaction()?;
    retention::delete(&transaction, &given_up)?;
    schema::drop_large_indexes(&transaction)?;
    transaction.execute(
        "INSERT INTO v1_sync_runs (sync_id, started_at, sync_token, sync_type, parent_sync_id, grants_backfilled) \
         VALUES (?1, ?2, '', ?3, ?4, 1)",
        params![id.as_str(), time::format(now), kind.as_str(), parent],
    )?;
    transaction.commit()?;
    Ok(())
}

/// A partial sync names the full one that it refines.
fn parent(db: &Connection, kind: &SyncKind) -> Result<String, Error> {
    if *kind != SyncKind::Partial {
        return Ok(String::new());
    }
    let runs = SyncRun::all(db)?;
    let newest = newest_finished(&runs, |run| run.kind == SyncKind::Full);
    Ok(newest.map(|run| run.id.to_string()).unwrap_or_default())
}

pub(super) fn check_unfinished(db: &Connection, id: &SyncId) -> Result<(), Error> {
    let runs = SyncRun::all(db)?;
    let open = runs.iter().any(|run| run.id == *id && run.ended_at.is_none());
    if open {
        Ok(())
    } else {
        Err(Error::UnknownSync(id.clone()))
    }
}
