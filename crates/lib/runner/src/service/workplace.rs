//! Temporary files: a folder for the process, and in it one for each task.
//!
//! The folder of the process holds a lock for as long as the process lives, so that another can tell a folder in use
//! from one that a dead process left.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use tempfile::{Builder, TempDir};

/// The file that is locked.
const LOCK: &str = "lock";

/// The folder of the process. Removed with everything in it when dropped.
pub(super) struct Workplace {
    folder: TempDir,
    _lock: File,
}

impl Workplace {
    /// Makes a folder in `base`, and removes what dead processes of this program left there.
    pub(super) fn open(base: &Path, program: &str) -> io::Result<Self> {
        let prefix = format!("{program}-tasks-");
        let folder = Builder::new().prefix(&prefix).tempdir_in(base)?;
        let lock = File::create(folder.path().join(LOCK))?;
        lock.lock()?;
        clear(base, &prefix);
        Ok(Self { folder, _lock: lock })
    }

    /// A folder for one task. Removed with everything in it when dropped.
    pub(super) fn folder(&self) -> io::Result<TempDir> {
        TempDir::new_in(self.folder.path())
    }
}

/// What cannot be removed stays; the next start tries again.
fn clear(base: &Path, prefix: &str) {
    let entries = fs::read_dir(base).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix)) {
        let dead = File::open(entry.path().join(LOCK)).is_ok_and(|lock| lock.try_lock().is_ok());
        if dead && fs::remove_dir_all(entry.path()).is_ok() {
            tracing::info!(folder = %entry.path().display(), "removed what an earlier process left");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_dead_processes_left_is_removed_and_what_others_use_stays() {
        let base = TempDir::new().unwrap();
        let dead = base.path().join("baton-x-tasks-dead");
        fs::create_dir_all(dead.join("some-task")).unwrap();
        File::create(dead.join(LOCK)).unwrap();
        let unlocked = base.path().join("baton-x-tasks-beginning");
        fs::create_dir(&unlocked).unwrap();
        let alive = Workplace::open(base.path(), "baton-x").unwrap();
        let other = Workplace::open(base.path(), "baton-x").unwrap();
        let stays = [alive.folder.path(), other.folder.path(), unlocked.as_path()];
        assert_eq!(stays.map(Path::exists), [true; 3]);
        assert!(!dead.exists());
    }

    #[test]
    fn nothing_stays_behind() {
        let base = TempDir::new().unwrap();
        let workplace = Workplace::open(base.path(), "baton-x").unwrap();
        let task = workplace.folder().unwrap();
        fs::write(task.path().join("sync.c1z"), "x").unwrap();
        drop(task);
        drop(workplace);
        assert_eq!(fs::read_dir(base.path()).unwrap().count(), 0);
    }
}
