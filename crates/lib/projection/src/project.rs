//! From a file to a candidate: one thread reads while the other side writes.

use std::path::{Path, PathBuf};

use c1z::ReadOptions;
use governance::access::{AccessRows, NewSnapshot, Projections, Snapshot};
use governance::repository::Written;
use governance::{ConnectorId, UploadId};
use model::{Clock, SyncId};
use tokio::sync::mpsc;

use crate::{File, ProjectionError};

/// How many portions may wait to be written.
const WAITING: usize = 2;

/// What is projected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Projected {
    /// Whose access the file tells of.
    pub connector: ConnectorId,
    /// The file, as it is known.
    pub upload: UploadId,
    /// The sync in it.
    pub sync: SyncId,
}

/// Makes a candidate from a file: nobody sees it until it is made current. Dropping the future leaves what the store
/// removes by itself.
///
/// # Errors
/// When the file cannot be read, or the rows cannot be kept.
pub async fn project(
    path: &Path,
    options: &ReadOptions,
    what: Projected,
    store: &dyn Projections,
    clock: &dyn Clock,
) -> Result<Snapshot, ProjectionError> {
    let mut reading = Reading::begin(path.to_owned(), options.clone(), what.sync.clone());
    let Some(Step::Opened(taken_at)) = reading.next().await? else {
        return Err(ProjectionError::Ended);
    };
    let of = NewSnapshot {
        connector: what.connector,
        upload: what.upload,
        sync: what.sync,
        taken_at,
    };
    let draft = store.begin_snapshot(&of, clock.now()).await?;
    let mut draft = draft.ok_or(ProjectionError::Removed)?;
    while let Some(step) = reading.next().await? {
        match step {
            Step::Rows(rows) if draft.add(&rows, clock.now()).await? == Written::Outdated => {
                return Err(ProjectionError::GivenUp);
            }
            Step::Rows(_) | Step::Opened(_) => {}
            Step::End => {
                let whole = draft.complete(clock.now()).await?;
                return whole.ok_or(ProjectionError::GivenUp);
            }
        }
    }
    Err(ProjectionError::Ended)
}

/// How far the reading is.
enum Step {
    /// The file is open; when the sync in it was finished.
    Opened(chrono::DateTime<chrono::Utc>),
    Rows(AccessRows),
    /// Those were all.
    End,
}

/// A file that is read in a thread of its own. It ends when nobody wants the rows any more.
struct Reading(mpsc::Receiver<Result<Step, ProjectionError>>);

impl Reading {
    fn begin(path: PathBuf, options: ReadOptions, sync: SyncId) -> Self {
        let (rows, reading) = mpsc::channel(WAITING);
        tokio::task::spawn_blocking(move || {
            let mut gone = |step| rows.blocking_send(step).is_err();
            if let Err(error) = read(&path, &options, &sync, &mut gone) {
                gone(Err(error));
            }
        });
        Self(reading)
    }

    async fn next(&mut self) -> Result<Option<Step>, ProjectionError> {
        self.0.recv().await.transpose()
    }
}

fn read(
    path: &Path,
    options: &ReadOptions,
    sync: &SyncId,
    gone: &mut dyn FnMut(Result<Step, ProjectionError>) -> bool,
) -> Result<(), ProjectionError> {
    let file = File::open(path, sync, options)?;
    if gone(Ok(Step::Opened(file.taken_at()))) {
        return Ok(());
    }
    for rows in file.rows()? {
        if gone(Ok(Step::Rows(rows?))) {
            return Ok(());
        }
    }
    gone(Ok(Step::End));
    Ok(())
}
