//! The folder of a working copy, held by one process.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::Error;
use crate::files::{is_at, open_locked, remove_if_there};

/// How often a folder that disappears is made again, before giving up.
const TRIES: usize = 8;

/// The name of the file that is locked.
const LOCK: &str = "lock";

/// The folder of a working copy. It goes away with this value unless it is kept.
#[derive(Debug)]
pub(super) struct WorkFolder {
    path: PathBuf,
    _lock: File,
    kept: bool,
}

impl WorkFolder {
    /// Makes or finds the folder and takes its lock; `target` is named when another process has it.
    pub(super) fn hold(path: PathBuf, target: &Path) -> Result<Self, Error> {
        for _ in 0..TRIES {
            create_private(&path).map_err(Error::io("create", &path))?;
            check_own(&path).map_err(Error::io("use", &path))?;
            if let Some(lock) = lock(&path, target)? {
                return Ok(Self {
                    path,
                    _lock: lock,
                    kept: false,
                });
            }
        }
        Err(Error::Busy(target.to_owned()))
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The database in it.
    pub(super) fn database(&self) -> PathBuf {
        self.path.join("db")
    }

    /// The vacuumed database, just before it is packed.
    pub(super) fn vacuumed(&self) -> PathBuf {
        self.path.join("vacuumed")
    }

    /// Whether an earlier run left something.
    pub(super) fn has_content(&self) -> bool {
        self.database().exists()
    }

    /// Leaves it for the next run.
    pub(super) fn keep(&mut self) {
        self.kept = true;
    }

    /// Lets it go away.
    pub(super) fn give_up(&mut self) {
        self.kept = false;
    }

    /// Removes what an earlier run left, the note first: without it nothing is gone on with.
    pub(super) fn clear(&self) -> Result<(), Error> {
        [
            "origin",
            "origin.tmp",
            "db",
            "db-wal",
            "db-shm",
            "db-journal",
            "db.utf8",
            "vacuumed",
        ]
        .iter()
        .try_for_each(|name| remove_if_there(&self.path.join(name)))
    }
}

impl Drop for WorkFolder {
    fn drop(&mut self) {
        if !self.kept {
            // Nothing of value is lost when this fails: without its note it is not gone on with. What
            // others put there stays, and the folder with it.
            _ = self.clear();
            _ = remove_if_there(&self.path.join(LOCK));
            _ = fs::remove_dir(&self.path);
        }
    }
}

/// Takes the lock; `None` when the folder was removed by its last holder while we waited.
fn lock(folder: &Path, target: &Path) -> Result<Option<File>, Error> {
    let path = folder.join(LOCK);
    let lock = match open_locked(&path) {
        Ok(Some(lock)) => lock,
        Ok(None) => return Err(Error::Busy(target.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::io("lock", &path)(error)),
    };
    Ok(is_at(&lock, &path).then_some(lock))
}

/// For this user only: the folder holds what the file holds.
fn create_private(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Refuses a folder that someone else put there, under a name that can be guessed, to read along.
#[cfg(unix)]
fn check_own(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    // A link could lead to any folder of this user's, and to the files in it.
    if !fs::symlink_metadata(path)?.is_dir() {
        return Err(io::Error::other("it is not a folder but a link"));
    }
    let ours = tempfile::tempfile_in(path)?.metadata()?.uid();
    if fs::metadata(path)?.uid() == ours {
        Ok(())
    } else {
        Err(io::Error::other("it belongs to another user"))
    }
}

#[cfg(not(unix))]
fn check_own(_: &Path) -> io::Result<()> {
    Ok(())
}
