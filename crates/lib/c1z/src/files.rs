//! Small operations on files that must not be half done.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _};
use std::path::Path;

use crate::Error;

/// Makes a renamed or removed name in `folder` durable, where the system can.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()
    } else {
        Ok(())
    }
}

/// Creates an empty file that only this user may read, or empties the one that is there.
pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    private().create(true).truncate(true).write(true).open(path)
}

/// A file that is created with these options is for this user only, where the system can.
fn private() -> OpenOptions {
    let mut options = File::options();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Takes from everybody but this user what rights they have to an open file, where the system can.
pub(crate) fn make_private(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}

/// Opens or creates the file at `path` and locks it; `None` when another process has the lock.
///
/// A new one is for this user only.
///
/// # Errors
/// Also when there is anything but a file: a link could lead to any file of this user's.
pub(crate) fn open_locked(path: &Path) -> io::Result<Option<File>> {
    match fs::symlink_metadata(path) {
        Ok(found) if !found.is_file() => return Err(io::Error::other("it is not a regular file")),
        _ => {}
    }
    let file = private().create(true).truncate(false).write(true).open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Whether `path` still names the open file: whoever had its lock before may have removed or renamed it
/// while we waited.
#[cfg(unix)]
pub(crate) fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(ours), Ok(there)) => (ours.dev(), ours.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

/// Whether `path` still names the open file, which we have locked: a second handle finds it locked.
#[cfg(not(unix))]
pub(crate) fn is_at(_: &File, path: &Path) -> bool {
    let again = File::options().write(true).open(path);
    again.is_ok_and(|again| again.try_lock().is_err())
}

/// Removes a file that may not be there.
pub(crate) fn remove_if_there(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::io("remove", path)(error)),
        _ => Ok(()),
    }
}

/// What tells one content of a file from another: `<length>-<digest>`, or `none` without content.
///
/// It guards against mix-ups, not against forgery.
pub(crate) fn fingerprint(path: &Path) -> Result<String, Error> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok("none".to_owned()),
        Err(error) => return Err(Error::io("read", path)(error)),
    };
    let mut hash = Fnv::default();
    let mut length = 0;
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut buffer).map_err(Error::io("read", path))?;
        if read == 0 {
            break;
        }
        length += read as u64;
        hash.add(buffer.get(..read).unwrap_or_default());
    }
    let digest = hash.0;
    Ok(if length == 0 {
        "none".to_owned()
    } else {
        format!("{length}-{digest:016x}")
    })
}

/// FNV-1a, 64 bits: stable between versions, unlike the standard library's hashes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fnv(pub(crate) u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    /// Adds bytes.
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
