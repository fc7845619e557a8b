//! The record of one sync in a file.

use chrono::{DateTime, Utc};
use model::SyncId;
use rusqlite::{Connection, Row};

use crate::time::{self, StoredTime};
use crate::{Stats, SyncKind};

/// One sync: a row of `v1_sync_runs`.
#[derive(Clone, Debug, PartialEq)]
pub struct SyncRun {
    /// Its id.
    pub id: SyncId,
    /// What it set out to read.
    pub kind: SyncKind,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it was completed; `None` while it is not. Nothing else makes a sync finished.
    pub ended_at: Option<DateTime<Utc>>,
    /// The last checkpoint, or the final record (JSON).
    pub token: String,
    /// For a partial sync: the finished full sync that was the newest when it began.
    pub parent: Option<SyncId>,
    /// The other half of a stored difference.
    pub linked: Option<SyncId>,
    /// Whether grants were expanded, so that two such syncs can be compared.
    pub supports_diff: bool,
    /// Whether `GrantExpandable` annotations are in their own column already.
    pub grants_backfilled: bool,
    /// What was counted when it ended, if that was written down.
    pub stats: Option<Stats>,
}

impl SyncRun {
    /// All syncs of the database, in the order of their rows.
    pub(crate) fn all(db: &Connection) -> rusqlite::Result<Vec<Self>> {
        let mut statement = db.prepare(
            "SELECT sync_id, sync_type, started_at, ended_at, sync_token, parent_sync_id, linked_sync_id, \
             supports_diff, grants_backfilled, stats FROM v1_sync_runs ORDER BY id",
        )?;
        let rows = statement.query_map([], Self::from_row)?;
        rows.collect()
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: SyncId::new(row.get::<_, String>(0)?),
            kind: SyncKind::from(row.get::<_, String>(1)?),
            started_at: row.get::<_, StoredTime>(2)?.0,
            ended_at: row.get::<_, Option<StoredTime>>(3)?.map(|time| time.0),
            token: row.get(4)?,
            parent: some_id(row.get(5)?),
            linked: some_id(row.get(6)?),
            supports_diff: row.get(7)?,
            grants_backfilled: row.get(8)?,
            stats: row
                .get::<_, Option<String>>(9)?
                .and_then(|json| serde_json::from_str(&json).ok()),
        })
    }

    /// What decides which finished sync is the newest: the end, then the id.
    pub(crate) fn finished_order(&self) -> (DateTime<Utc>, &SyncId) {
        (self.ended_at.unwrap_or(time::ZERO), &self.id)
    }
}

/// The newest finished sync of those that `wanted` accepts.
pub(crate) fn newest_finished(runs: &[SyncRun], wanted: impl Fn(&SyncRun) -> bool) -> Option<&SyncRun> {
    runs.iter()
        .filter(|run| run.ended_at.is_some() && wanted(run))
        .max_by_key(|run| run.finished_order())
}

fn some_id(text: String) -> Option<SyncId> {
    (!text.is_empty()).then(|| SyncId::new(text))
}
