//! Which syncs leave the file (c1z-format, section 6).

use model::SyncId;
use rusqlite::Connection;

use super::Retention;
use crate::schema::TABLES;
use crate::{SyncKind, SyncRun};

/// The syncs to delete while `current` is about to be finished; unfinished ones are never among them.
pub(super) fn to_delete(runs: &[SyncRun], current: &SyncId, retention: Retention) -> Vec<SyncId> {
    let Retention::Keep(limit) = retention else {
        return Vec::new();
    };
    let mut finished: Vec<&SyncRun> = runs
        .iter()
        .filter(|run| run.ended_at.is_some() && run.id != *current)
        .collect();
    finished.sort_by_key(|run| run.finished_order());
    let mut deleted = full_beyond(&finished, room(runs, current, limit));
    deleted.extend(outlived(&finished, deleted.last().copied()));
    deleted.extend(old_differences(&finished));
    deleted.into_iter().map(|run| run.id.clone()).collect()
}

/// How many finished full syncs stay: the current sync takes a place, whatever its kind.
///
/// The last full sync stays when the current one does not replace it. Other writers delete it there
/// when asked to keep one sync; what is then left answers no question.
fn room(runs: &[SyncRun], current: &SyncId, limit: usize) -> usize {
    let replaces = runs
        .iter()
        .any(|run| run.id == *current && run.kind == SyncKind::Full);
    limit.saturating_sub(1).max(usize::from(!replaces))
}

/// Oldest first.
fn full_beyond<'a>(finished: &[&'a SyncRun], room: usize) -> Vec<&'a SyncRun> {
    let full: Vec<_> = finished
        .iter()
        .copied()
        .filter(|run| run.kind == SyncKind::Full)
        .collect();
    let surplus = full.len().saturating_sub(room);
    full.into_iter().take(surplus).collect()
}

/// Smaller syncs that ended before the newest deleted full one began.
fn outlived<'a>(finished: &[&'a SyncRun], newest_deleted: Option<&SyncRun>) -> Vec<&'a SyncRun> {
    let Some(boundary) = newest_deleted.map(|run| run.started_at) else {
        return Vec::new();
    };
    finished
        .iter()
        .copied()
        .filter(|run| matches!(run.kind, SyncKind::Partial | SyncKind::ResourcesOnly))
        .filter(|run| run.ended_at.is_some_and(|end| end < boundary))
        .collect()
}

/// Of more than two stored differences only the newest and its other half stay.
fn old_differences<'a>(finished: &[&'a SyncRun]) -> Vec<&'a SyncRun> {
    let differences: Vec<_> = finished
        .iter()
        .copied()
        .filter(|run| run.kind.is_diff())
        .collect();
    let Some(newest) = differences.last().filter(|_| differences.len() > 2) else {
        return Vec::new();
    };
    let stays = |run: &&SyncRun| run.id == newest.id || Some(&run.id) == newest.linked.as_ref();
    differences.iter().copied().filter(|run| !stays(run)).collect()
}

/// Removes everything that belongs to the syncs.
pub(super) fn delete(db: &Connection, syncs: &[SyncId]) -> rusqlite::Result<()> {
    for table in TABLES {
        let mut statement = db.prepare(&format!("DELETE FROM {table} WHERE sync_id = ?1"))?;
        for sync in syncs {
            statement.execute([sync.as_str()])?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
