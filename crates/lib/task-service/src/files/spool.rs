//! The folder that files are received into. What a process that died has left there is removed by the next.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::{NamedTempFile, TempDir};

/// Locked by the process that a folder belongs to.
const LOCK: &str = "lock";

/// A folder for this process alone, inside of one that several can share.
#[derive(Clone, Debug)]
pub(super) struct Spool(Arc<Own>);

#[derive(Debug)]
struct Own {
    folder: TempDir,
    /// Held for as long as the process lives.
    _lock: File,
}

impl Spool {
    /// Makes the folder, and removes those of processes that are gone.
    pub(super) fn open(parent: &Path) -> io::Result<Self> {
        make_private(parent)?;
        remove_abandoned(parent)?;
        let folder = TempDir::with_prefix_in("receiving-", parent)?;
        let lock = File::create(folder.path().join(LOCK))?;
        lock.lock()?;
        Ok(Self(Arc::new(Own { folder, _lock: lock })))
    }

    pub(super) fn file(&self) -> io::Result<NamedTempFile> {
        NamedTempFile::new_in(self.folder())
    }

    pub(super) fn folder(&self) -> &Path {
        self.0.folder.path()
    }
}

/// Makes a folder, unless it is there, for nobody else to read.
pub(super) fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// A folder without a lock belongs to a process that is just starting; one whose lock is free, to none.
fn remove_abandoned(parent: &Path) -> io::Result<()> {
    for entry in fs::read_dir(parent)? {
        let folder: PathBuf = entry?.path();
        let Ok(lock) = File::open(folder.join(LOCK)) else {
            continue;
        };
        match lock.try_lock() {
            Ok(()) => fs::remove_dir_all(&folder)?,
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Ok(())
}
