//! The file that is to be written, and whether it can be.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::Error;
use crate::files::{self, Fnv};

/// The file that is to be written.
#[derive(Clone, Debug)]
pub(super) struct Target {
    path: PathBuf,
    folder: PathBuf,
    fingerprint: String,
}

impl Target {
    /// Finds the place and makes sure that it takes files, before anything is read.
    pub(super) fn locate(path: &Path) -> Result<Self, Error> {
        let path = resolve(path)?;
        let folder = path.parent().unwrap_or(&path).to_owned();
        check_writable(&folder)?;
        check_replaceable(&path)?;
        Ok(Self {
            fingerprint: files::fingerprint(&path)?,
            path,
            folder,
        })
    }

    /// Its absolute path; the end of it, when the path is a symbolic link.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The folder that it is in.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// What it held when it was located.
    pub(super) fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Whether there was no content.
    pub(super) fn is_empty(&self) -> bool {
        self.fingerprint == "none"
    }

    /// Refuses when its content is no longer what it was.
    pub(super) fn check_unchanged(&self) -> Result<(), Error> {
        if files::fingerprint(&self.path)? == self.fingerprint {
            Ok(())
        } else {
            Err(Error::TargetChanged(self.path.clone()))
        }
    }

    /// The path with `ending` put after it.
    pub(super) fn beside(&self, ending: &str) -> PathBuf {
        let mut name = OsString::from(&self.path);
        name.push(ending);
        PathBuf::from(name)
    }

    /// Where its working copy is: beside it, or under a name of its own in `temp_dir`.
    pub(super) fn work_folder(&self, temp_dir: Option<&Path>) -> PathBuf {
        let Some(temp_dir) = temp_dir else {
            return self.beside(".work");
        };
        let mut hash = Fnv::default();
        hash.add(self.path.as_os_str().as_encoded_bytes());
        temp_dir.join(format!("c1z-{:016x}.work", hash.0))
    }
}

/// The absolute path, through symbolic links: renaming over a link would replace the link. One that
/// leads to nothing yet is followed, too, so that the file is made where it points to.
fn resolve(path: &Path) -> Result<PathBuf, Error> {
    match fs::canonicalize(path) {
        Ok(path) if path.is_file() => Ok(path),
        Ok(path) => Err(Error::NotAFile(path)),
        Err(error) if is_absent(&error) => resolve_new(path),
        Err(error) => Err(Error::io("find", path)(error)),
    }
}

fn resolve_new(path: &Path) -> Result<PathBuf, Error> {
    let name = path.file_name().ok_or_else(|| Error::NotAFile(path.to_owned()))?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    match fs::canonicalize(folder) {
        Ok(found) if found.is_dir() => match fs::read_link(path) {
            Ok(end) => resolve(&found.join(end)),
            Err(_) => Ok(found.join(name)),
        },
        _ => Err(Error::NoFolder(folder.to_owned())),
    }
}

/// Nothing is there, or what should be a folder on the way is a file.
fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

fn check_writable(folder: &Path) -> Result<(), Error> {
    tempfile::tempfile_in(folder)
        .map(drop)
        .map_err(|error| Error::ReadOnlyFolder {
            path: folder.to_owned(),
            source: io::Error::from(error.kind()),
        })
}

/// Refuses a file that is marked immutable, or is another user's in a folder such as `/tmp`.
///
/// Asking for its removal as a folder is harmless, because it is a file; but Linux looks at the rights to
/// remove the name first, which are those to rename over it, and says when they are missing.
fn check_replaceable(path: &Path) -> Result<(), Error> {
    match fs::remove_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Err(not_replaceable(path)(error)),
        _ => Ok(()),
    }
}

/// Wraps why `path` cannot be replaced.
pub(super) fn not_replaceable(path: &Path) -> impl FnOnce(io::Error) -> Error {
    move |source| Error::NotReplaceable {
        path: path.to_owned(),
        source,
    }
}
