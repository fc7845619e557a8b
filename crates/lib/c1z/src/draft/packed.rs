//! The file beside the target, packed, that is about to replace it.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::target::{Target, not_replaceable};
use crate::files::{is_at, make_private, open_locked, remove_if_there};
use crate::{Error, envelope};

/// A file that is written, under a lock. It goes away with this value unless it replaces the target.
#[derive(Debug)]
pub(super) struct Packed {
    path: PathBuf,
    file: File,
}

impl Packed {
    /// Makes it, empty and for this user only: it tells who has access to what.
    pub(super) fn begin(target: &Target) -> Result<Self, Error> {
        let packed = hold(target)?.ok_or_else(|| Error::Busy(target.path().to_owned()))?;
        let failed = |error| Error::io("write", &packed.path)(error);
        make_private(&packed.file).map_err(failed)?;
        packed.file.set_len(0).map_err(failed)?;
        Ok(packed)
    }

    /// Packs the database at `from` into it; returns the sizes of both in bytes.
    pub(super) fn fill(&self, from: &Path) -> Result<(u64, u64), Error> {
        envelope::pack(from, &self.path, &self.file)
    }

    /// Replaces the target in one step, if that is still what it was.
    pub(super) fn replace(self, target: &Target) -> Result<(), Error> {
        keep_permissions(target, &self.file).map_err(Error::io("write", &self.path))?;
        self.file.sync_all().map_err(Error::io("write", &self.path))?;
        target.check_unchanged()?;
        fs::rename(&self.path, target.path()).map_err(not_replaceable(target.path()))
    }
}

impl Drop for Packed {
    /// While it is locked: after that it may be another process's.
    fn drop(&mut self) {
        if is_at(&self.file, &self.path) {
            _ = remove_if_there(&self.path);
        }
    }
}

/// Removes what a run that was killed while it saved has left, but nothing that others put there.
pub(super) fn remove_leftover(target: &Target) {
    let path = path(target);
    if fs::symlink_metadata(&path).is_ok_and(|found| found.is_file()) && starts_with_our_magic(&path) {
        // Dropping it removes it. When that fails, saving says why.
        drop(hold(target));
    }
}

/// Opens or creates and locks it; `None` when another process writes it.
fn hold(target: &Target) -> Result<Option<Packed>, Error> {
    let path = path(target);
    let file = open_locked(&path).map_err(Error::io("create", &path))?;
    let held = file.filter(|file| is_at(file, &path));
    Ok(held.map(|file| Packed { path, file }))
}

fn path(target: &Target) -> PathBuf {
    target.beside(".tmp")
}

fn starts_with_our_magic(path: &Path) -> bool {
    let mut magic = Vec::new();
    let length = envelope::MAGIC_V1.len() as u64;
    let read = File::open(path).and_then(|file| file.take(length).read_to_end(&mut magic));
    read.is_ok() && magic == envelope::MAGIC_V1
}

/// Who may read the old file may read the new one, and nobody else; a file that is new has the rights that
/// any new file of this user's has, as with every other program that writes such files.
fn keep_permissions(target: &Target, new: &File) -> std::io::Result<()> {
    let permissions = match fs::metadata(target.path()) {
        Ok(old) => old.permissions(),
        Err(_) => usual_permissions(target.folder())?,
    };
    new.set_permissions(permissions)
}

/// The rights of a new file. What the process takes away from them can only be seen by making one.
fn usual_permissions(folder: &Path) -> std::io::Result<fs::Permissions> {
    let mut probe = tempfile::Builder::new();
    #[cfg(unix)]
    probe.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    Ok(probe.tempfile_in(folder)?.as_file().metadata()?.permissions())
}
