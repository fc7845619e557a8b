//! A ring in a file of its own. It changes only by rename, under a lock, so that whatever is interrupted and whoever
//! comes at the same time, the file is whole and nobody's key is lost.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use model::Randomness;
use secrecy::ExposeSecret as _;
use secrecy::zeroize::Zeroizing;

use crate::{KeyRing, VaultError};

impl KeyRing {
    /// Reads the ring in the file at `path`, or makes one there with a new key. Of those who start at the same time
    /// one makes it, and all have the same.
    ///
    /// # Errors
    /// When the file cannot be read or written, is not a key file, or can be read by every user of the machine.
    pub fn load_or_create(path: &Path, random: &dyn Randomness) -> Result<Self, VaultError> {
        if let Some(ring) = load(path)? {
            return Ok(ring);
        }
        let _lock = lock(path)?;
        if let Some(ring) = load(path)? {
            return Ok(ring);
        }
        let ring = Self::generate(random)?;
        save(path, &ring)?;
        Ok(ring)
    }

    /// Reads the ring in the file at `path`.
    ///
    /// # Errors
    /// When the file is missing, cannot be read, is not a key file, or can be read by every user of the machine.
    pub fn load(path: &Path) -> Result<Self, VaultError> {
        let missing = || VaultError::file("read", path)(io::ErrorKind::NotFound.into());
        load(path)?.ok_or_else(missing)
    }

    /// Changes the ring in the file at `path`, such as by [`KeyRing::rotate`], and gives the new one back.
    ///
    /// # Errors
    /// Those of `change`, and when the file is missing or cannot be read or written; it is then as it was.
    pub fn change_file(
        path: &Path,
        change: impl FnOnce(&mut Self) -> Result<(), VaultError>,
    ) -> Result<Self, VaultError> {
        // What is renamed must be the file itself, not a link to it.
        let path = &fs::canonicalize(path).map_err(VaultError::file("read", path))?;
        let _lock = lock(path)?;
        let missing = || VaultError::file("read", path)(io::ErrorKind::NotFound.into());
        let mut ring = load(path)?.ok_or_else(missing)?;
        change(&mut ring)?;
        save(path, &ring)?;
        Ok(ring)
    }
}

fn load(path: &Path) -> Result<Option<KeyRing>, VaultError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => Zeroizing::new(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(VaultError::file("read", path)(error)),
    };
    if is_exposed(path) {
        return Err(VaultError::Exposed {
            path: path.to_owned(),
        });
    }
    let ring = KeyRing::parse(&text);
    ring.map(Some).map_err(|reason| VaultError::Ring {
        path: path.to_owned(),
        reason,
    })
}

/// Held until it is dropped, or the process ends. The file stays: if it were removed, two could have the lock.
fn lock(path: &Path) -> Result<File, VaultError> {
    let path = &beside(path, ".lock");
    let mut options = private();
    let lock = options.create(true).truncate(false).write(true).open(path);
    let lock = lock.map_err(VaultError::file("write", path))?;
    lock.lock().map_err(VaultError::file("lock", path))?;
    Ok(lock)
}

/// Only ever called with the lock, so what is beside the file was left by somebody who was interrupted.
fn save(path: &Path, ring: &KeyRing) -> Result<(), VaultError> {
    let new = &beside(path, ".new");
    let written = || -> io::Result<()> {
        if let Err(error) = fs::remove_file(new)
            && error.kind() != io::ErrorKind::NotFound
        {
            return Err(error);
        }
        let mut file = private().create_new(true).write(true).open(new)?;
        file.write_all(ring.to_text().expose_secret().as_bytes())?;
        file.sync_all()?;
        fs::rename(new, path)?;
        sync_folder_of(path)
    };
    written().map_err(VaultError::file("write", path))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// A file that is created with these options is for this user only, where the system can.
fn private() -> fs::OpenOptions {
    let mut options = File::options();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Whether everybody on the machine can read it. The group may: Kubernetes gives it that right on its volumes.
#[cfg(unix)]
fn is_exposed(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o007 != 0)
}

#[cfg(not(unix))]
fn is_exposed(_: &Path) -> bool {
    false
}

/// Makes the new name durable, where the system can.
fn sync_folder_of(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if cfg!(unix) {
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    } else {
        Ok(())
    }
}
