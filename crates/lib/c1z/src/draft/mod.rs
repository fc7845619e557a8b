//! The durable working copy of a file that is being written.
//!
//! It lives in a folder beside the target (`<target>.work`): an unpacked database, a note of what it
//! was made from, and a lock. A transaction that was committed survives `kill -9`; the next run finds
//! the folder and goes on. The target is replaced in one step by [`Draft::save`], never before.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use model::SyncId;
use rusqlite::Connection;

pub use self::batch::{Batch, Rows};
pub use self::options::{DraftOptions, Retention};
pub use self::origin::Origin;
pub use self::save::Saved;
use self::target::Target;
pub use self::unfinished::Unfinished;
use self::work_folder::WorkFolder;
use crate::{Error, Stats, SyncKind, schema};

mod batch;
mod finish;
mod open;
mod options;
mod origin;
mod packed;
mod put;
mod read;
mod retention;
mod save;
mod start;
mod target;
mod unfinished;
mod work_folder;

/// The working copy of a file that is being written.
///
/// Dropped without [`Draft::save`], it stays for the next run if a sync was begun, else it is removed.
#[derive(Debug)]
pub struct Draft {
    // Closed before the folder goes away.
    db: Connection,
    folder: WorkFolder,
    target: Target,
    origin: Origin,
    retention: Retention,
    current: Option<SyncId>,
    // Whether records can be replaced in place; until then resources and grants are only appended.
    sealed: bool,
}

impl Draft {
    /// Opens the working copy for the file at `target`: what an interrupted run left, or the file's own
    /// content, or nothing when there is no file.
    ///
    /// # Errors
    /// When the folder does not take files or the file cannot be replaced (found out before anything is
    /// read; the latter on Linux only, elsewhere when it is saved), when another process
    /// writes the same file, and when what is there is no v1 file or is damaged: it is left untouched.
    pub fn open(target: &Path, options: DraftOptions) -> Result<Self, Error> {
        open::open(target, options)
    }

    /// Where the content of the working copy came from.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The file that [`Draft::save`] writes.
    pub fn target(&self) -> &Path {
        self.target.path()
    }

    /// The newest interrupted sync of that kind that we began, and can go on with: younger than seven
    /// days, with a `rollcall` key in its checkpoint.
    ///
    /// # Errors
    /// When the database is damaged.
    pub fn unfinished(&self, kind: &SyncKind, now: DateTime<Utc>) -> Result<Option<Unfinished>, Error> {
        unfinished::find(&self.db, kind, now)
    }

    /// Begins a sync. Interrupted ones of the same kind that we began are given up.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn start(&mut self, id: SyncId, kind: &SyncKind, now: DateTime<Utc>) -> Result<(), Error> {
        start::start(&mut self.db, &id, kind, now)?;
        self.folder.keep();
        self.current = Some(id);
        self.sealed = false;
        Ok(())
    }

    /// Goes on with an interrupted sync.
    ///
    /// # Errors
    /// When there is no unfinished sync of that id.
    pub fn resume(&mut self, id: SyncId) -> Result<(), Error> {
        start::check_unfinished(&self.db, &id)?;
        self.folder.keep();
        self.current = Some(id);
        Ok(())
    }

    /// Begins a transaction on the current sync; what it writes was discovered at `now`.
    ///
    /// # Errors
    /// When no sync was started.
    pub fn batch(&mut self, now: DateTime<Utc>) -> Result<Batch<'_>, Error> {
        let sync = self.current.as_ref().ok_or(Error::NotStarted)?;
        Batch::begin(&mut self.db, sync, now, self.sealed)
    }

    /// Makes the grants ready to be expanded; once, after all of them were read.
    ///
    /// Until then a resource or grant that was written twice is read and counted twice.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn prepare_expansion(&mut self) -> Result<(), Error> {
        let transaction = self.db.transaction()?;
        schema::seal(&transaction)?;
        schema::create_expansion_indexes(&transaction)?;
        transaction.commit()?;
        self.sealed = true;
        Ok(())
    }

    /// Completes the current sync: old syncs are cleaned up, the counts and the end are written, all in
    /// one transaction.
    ///
    /// # Errors
    /// When no sync was started, or when the database cannot be written.
    pub fn finish(&mut self, final_token: &str, now: DateTime<Utc>) -> Result<Stats, Error> {
        let sync = self.current.clone().ok_or(Error::NotStarted)?;
        let stats = finish::finish(&mut self.db, &sync, final_token, (self.retention, now))?;
        self.current = None;
        self.sealed = true;
        Ok(stats)
    }

    /// Replaces the target in one step and removes the working copy.
    ///
    /// A new file has the mode that any new file of this user's has; one that replaces another keeps the mode
    /// of that one. Until then what is written is for this user only, because it tells who has access to what.
    ///
    /// # Errors
    /// When a sync is not finished, when the target was changed by someone else meanwhile, when there is
    /// no room, or when the system refuses. The target is then as it was, nothing new is beside it, and the
    /// working copy stays.
    pub fn save(self) -> Result<Saved, Error> {
        match self.current {
            Some(sync) => Err(Error::NotFinished(sync)),
            None => save::save(self),
        }
    }

    /// The sync that is being written.
    fn current(&self) -> Result<&SyncId, Error> {
        self.current.as_ref().ok_or(Error::NotStarted)
    }

    /// The folder of the working copy, for tests and messages.
    pub fn work_folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }
}
