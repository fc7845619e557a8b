//! Which two syncs are compared.

use c1z::{Reader, SyncChoice, SyncKind, SyncRun};

use crate::ask::Sides;
use crate::error::InspectError;

/// The older and the newer sync: as asked, else the newest two finished full ones, or the newest of each file.
pub(super) fn choose(
    reader: &Reader,
    other: Option<&Reader>,
    asked: &Sides,
) -> Result<(SyncRun, SyncRun), InspectError> {
    let newest = asked.to.clone().map_or(SyncChoice::NewestFull, SyncChoice::Id);
    let new = other.unwrap_or(reader).choose(&newest)?;
    let old = match (&asked.from, other) {
        (Some(id), _) => reader.choose(&SyncChoice::Id(id.clone()))?,
        (None, Some(_)) => reader.choose(&SyncChoice::NewestFull)?,
        (None, None) => before(reader, &new)?,
    };
    Ok((old, new))
}

fn before(reader: &Reader, new: &SyncRun) -> Result<SyncRun, InspectError> {
    let comparable = |run: &SyncRun| run.kind == SyncKind::Full && run.ended_at.is_some() && run.id != new.id;
    let earlier = reader
        .syncs()?
        .into_iter()
        .filter(|run| comparable(run) && run.started_at <= new.started_at);
    earlier
        .max_by_key(|run| run.ended_at)
        .ok_or(InspectError::OneSync)
}
