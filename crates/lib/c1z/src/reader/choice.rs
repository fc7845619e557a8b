//! Which sync of a file is meant.

use model::SyncId;

use crate::run::newest_finished;
use crate::{Error, SyncKind, SyncRun};

/// Which sync of a file is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SyncChoice {
    /// The newest finished one of any kind: what the open `baton` reader shows.
    #[default]
    Newest,
    /// The newest finished full one.
    NewestFull,
    /// That one, finished or not.
    Id(SyncId),
}

/// Newest means the greatest end, then the greatest id.
pub(super) fn choose(runs: Vec<SyncRun>, choice: &SyncChoice) -> Result<SyncRun, Error> {
    match choice {
        SyncChoice::Newest => newest_finished(&runs, |_| true)
            .cloned()
            .ok_or(Error::NoFinishedSync),
        SyncChoice::NewestFull => newest_finished(&runs, |run| run.kind == SyncKind::Full)
            .cloned()
            .ok_or(Error::NoFinishedSync),
        SyncChoice::Id(id) => runs
            .into_iter()
            .find(|run| run.id == *id)
            .ok_or_else(|| Error::UnknownSync(id.clone())),
    }
}
