//! Which sync of a file an answer is about.

use c1z::{Reader, SyncChoice, SyncKind, SyncRun};
use model::SyncId;

use crate::error::InspectError;
use crate::notes;
use crate::screen::Screen;
use crate::text::{day, moment};

/// What the answer is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Resources, or facts about the sync: any sync will do.
    Anything,
    /// Grants, which only a full sync has all of.
    Grants,
}

/// The sync that was asked for; otherwise the newest finished one that has what is needed; otherwise, with a
/// remark, the newest unfinished one.
pub(crate) fn choose(
    reader: &Reader,
    asked: Option<&SyncId>,
    need: Need,
    screen: &mut Screen<'_>,
) -> Result<SyncRun, InspectError> {
    if let Some(id) = asked {
        let run = reader.choose(&SyncChoice::Id(id.clone()))?;
        say_unfinished(&run, screen)?;
        notes::say_left_out(&run, screen)?;
        return Ok(run);
    }
    match reader.choose(&SyncChoice::Newest) {
        Ok(run) if need == Need::Grants && run.kind != SyncKind::Full => full_instead(reader, run, screen),
        Ok(run) => {
            notes::say_left_out(&run, screen)?;
            Ok(run)
        }
        Err(c1z::Error::NoFinishedSync) => unfinished(reader, screen),
        Err(error) => Err(error.into()),
    }
}

fn full_instead(reader: &Reader, newest: SyncRun, screen: &mut Screen<'_>) -> Result<SyncRun, InspectError> {
    match reader.choose(&SyncChoice::NewestFull) {
        Ok(full) => {
            let (kind, when) = (in_words(&newest.kind), day(full.started_at));
            screen.remark(&format!(
                "the newest sync is {kind}; this is from the newest full one, of {when} ({})",
                full.id
            ))?;
            notes::say_left_out(&full, screen)?;
            Ok(full)
        }
        Err(c1z::Error::NoFinishedSync) => {
            let kind = in_words(&newest.kind);
            screen.remark(&format!(
                "the only finished sync is {kind}: grants may be missing"
            ))?;
            Ok(newest)
        }
        Err(error) => Err(error.into()),
    }
}

fn unfinished(reader: &Reader, screen: &mut Screen<'_>) -> Result<SyncRun, InspectError> {
    let newest = reader.syncs()?.into_iter().max_by_key(|run| run.started_at);
    let run = newest.ok_or(c1z::Error::NoFinishedSync)?;
    say_unfinished(&run, screen)?;
    notes::say_left_out(&run, screen)?;
    Ok(run)
}

fn say_unfinished(run: &SyncRun, screen: &mut Screen<'_>) -> Result<(), InspectError> {
    if run.ended_at.is_none() {
        let begun = moment(run.started_at);
        screen.remark(&format!(
            "the sync begun at {begun} was never finished: much may be missing here"
        ))?;
    }
    Ok(())
}

/// What the sync set out to read, within a sentence.
fn in_words(kind: &SyncKind) -> &str {
    match kind {
        SyncKind::Full => "full",
        SyncKind::Partial => "of single resources only",
        SyncKind::ResourcesOnly => "of resources only",
        SyncKind::PartialUpserts => "of additions only",
        SyncKind::PartialDeletions => "of removals only",
        SyncKind::Other(word) => word,
    }
}
