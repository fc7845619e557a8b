//! Completes a sync.

use chrono::{DateTime, Utc};
use model::SyncId;
use rusqlite::{Connection, params};

use super::{Retention, retention};
use crate::{Error, Stats, SyncRun, schema, time};

pub(super) fn finish(
    db: &mut Connection,
    sync: &SyncId,
    final_token: &str,
    (keep, now): (Retention, DateTime<Utc>),
) -> Result<Stats, Error> {
    let transaction = db.transaction()?;
    let runs = SyncRun::all(&transaction)?;
    retention::delete(&transaction, &retention::to_delete(&runs, sync, keep))?;
    schema::seal(&transaction)?;
    let stats = Stats::count(&transaction, sync.as_str())?;
    transaction.execute(
        "UPDATE v1_sync_runs SET ended_at = ?2, sync_token = ?3, stats = ?4, supports_diff = sync_type = 'full' \
         WHERE sync_id = ?1",
        params![sync.as_str(), time::format(now), final_token, stats.to_json()],
    )?;
    transaction.commit()?;
    Ok(stats)
}
