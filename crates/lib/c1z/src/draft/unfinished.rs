//! Interrupted syncs that can be gone on with.

use chrono::{DateTime, TimeDelta, Utc};
use model::SyncId;
use rusqlite::Connection;

use crate::{Error, SyncKind, SyncRun};

/// How long an interrupted sync is worth going on with, in days; other engines agree.
const DAYS: i64 = 7;

/// An interrupted sync.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// Its id.
    pub id: SyncId,
    /// When it was begun.
    pub started_at: DateTime<Utc>,
    /// Its last checkpoint (JSON).
    pub checkpoint: String,
}

pub(super) fn find(
    db: &Connection,
    kind: &SyncKind,
    now: DateTime<Utc>,
) -> Result<Option<Unfinished>, Error> {
    let runs = SyncRun::all(db)?.into_iter();
    let ours = runs.filter(|run| is_open(run, kind) && has_our_key(&run.token));
    let young = ours.filter(|run| now - run.started_at < TimeDelta::days(DAYS));
    Ok(young.max_by_key(|run| run.started_at).map(|run| Unfinished {
        id: run.id,
        started_at: run.started_at,
        checkpoint: run.token,
    }))
}

/// Interrupted syncs that a new one of the same kind replaces: ours, and those that never got going.
pub(super) fn superseded(db: &Connection, kind: &SyncKind) -> Result<Vec<SyncId>, Error> {
    let runs = SyncRun::all(db)?.into_iter();
    let given_up = runs.filter(|run| is_open(run, kind) && (run.token.is_empty() || has_our_key(&run.token)));
    Ok(given_up.map(|run| run.id).collect())
}

fn is_open(run: &SyncRun, kind: &SyncKind) -> bool {
    run.ended_at.is_none() && run.kind == *kind
}

fn has_our_key(token: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(token).is_ok_and(|token| token.get("rollcall").is_some())
}
