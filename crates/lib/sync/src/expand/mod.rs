//! Passing grants on: who holds an entitlement that implies another one holds that one too.
//!
//! An expandable grant of `T` to `P` draws an edge to `T` from each entitlement on `P` that it names.
//! What the result must be is said without any order: `Q` holds `T` when it does so directly or when
//! an edge `S → T` lets it through and `Q` holds `S`; every such `S` is a source of the grant, and
//! `is_direct` says whether `Q` holds `S` directly.
//!
//! Edges are walked in topological order, so each one is walked once. Entitlements that contain each
//! other are walked in rounds until nothing changes. (The Go engine merges such a cycle into one and
//! loses those who are reached only through it; here they are kept.)
//!
//! Each step only adds what is missing, so an expansion that was interrupted is simply done again.

mod edge;
mod gather;
mod order;
#[cfg(test)]
mod tests;
mod walk;

use connector::{Note, Severity};

use crate::engine::Parts;
use crate::{Event, SyncError};
use gather::Gathered;
use walk::Walk;

/// Expands all grants of the draft's current sync; gives remarks for the run's record.
///
/// # Errors
/// When an expandable grant names an entitlement of somebody else, the file fails, or the run is stopped.
pub(crate) async fn run(parts: &mut Parts) -> Result<Vec<Note>, SyncError> {
    let gathered = parts.store.with(gather::gather).await?;
    let mut notes: Vec<_> = missing(&gathered).into_iter().collect();
    let groups = order::groups(gathered.edges);
    notes.extend(groups.iter().filter_map(cycle));
    let mut walk = Walk::new(groups, walk::STRETCH);
    while !walk.is_over() {
        if parts.stop.is_cancelled() {
            return Err(SyncError::Stopped);
        }
        let now = parts.clock.now();
        walk = parts.store.with(move |draft| walk.on(draft, now)).await?;
        parts.progress.event(&Event::Expanding {
            done: walk.done(),
            total: walk.total(),
        });
    }
    Ok(notes)
}

fn missing(gathered: &Gathered) -> Option<Note> {
    let first = gathered.missing.first()?;
    Some(Note {
        severity: Severity::Warning,
        code: "missing-source-entitlement".to_owned(),
        message: format!(
            "expandable grants that name an entitlement which was not read, and so pass nothing on: {}; \
             the first names `{first}`",
            gathered.missing.len()
        ),
        hint: String::new(),
    })
}

fn cycle(group: &order::Group) -> Option<Note> {
    let first = group.inner.first()?;
    Some(Note {
        severity: Severity::Info,
        code: "entitlement-cycle".to_owned(),
        message: format!("`{}` and `{}` contain each other", first.source, first.target),
        hint: String::new(),
    })
}
