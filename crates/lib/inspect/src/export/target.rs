//! Where an export goes: beside its place first, into it once it is whole, and never over a `.c1z`.

use std::fs::{self, File, Metadata};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::error::InspectError;

/// How files begin that are never written over: v1 and v3.
const MAGIC: [&[u8; 5]; 2] = [b"C1ZF\0", b"C1Z3\0"];

/// Refuses to write over the file that is read, under whatever name, and over any other `.c1z`.
pub(crate) fn protect(source: &Path, out: &Path) -> Result<(), InspectError> {
    let path = || out.to_owned();
    if is_same(source, out) {
        return Err(InspectError::ExportOverSource { path: path() });
    }
    if is_c1z(out) {
        return Err(InspectError::ExportOverC1z { path: path() });
    }
    Ok(())
}

fn is_same(source: &Path, out: &Path) -> bool {
    match (source.canonicalize(), out.canonicalize()) {
        (Ok(source), Ok(out)) => source == out || is_linked(&source, &out),
        _ => false,
    }
}

#[cfg(unix)]
fn is_linked(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |path| fs::metadata(path).map(|facts: Metadata| (facts.dev(), facts.ino()));
    matches!((place(one), place(other)), (Ok(one), Ok(other)) if one == other)
}

#[cfg(not(unix))]
fn is_linked(_: &Path, _: &Path) -> bool {
    false
}

fn is_c1z(path: &Path) -> bool {
    let mut magic = [0; 5];
    let is_file = fs::metadata(path).is_ok_and(|facts| facts.is_file());
    let mut read = || File::open(path)?.read_exact(&mut magic);
    is_file && read().is_ok() && MAGIC.contains(&&magic)
}

/// What is being written.
#[derive(Debug)]
pub(super) enum Target {
    /// A file under a temporary name in the folder of its place.
    Beside(NamedTempFile, PathBuf),
    /// A pipe or a device, which cannot be replaced.
    Directly(File),
}

impl Target {
    /// Begins to write; what stands at `out` stays until [`Target::finish`].
    pub(super) fn create(out: &Path) -> io::Result<Self> {
        let place = out.canonicalize().unwrap_or_else(|_| out.to_owned());
        let known = fs::metadata(&place).ok();
        if known.as_ref().is_some_and(|facts| !facts.is_file()) {
            return Ok(Self::Directly(File::create(out)?));
        }
        let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mut builder = tempfile::Builder::new();
        builder.prefix(".rollcall-export-");
        match known {
            Some(facts) => _ = builder.permissions(facts.permissions()),
            None => like_any_new_file(&mut builder),
        }
        let file = builder.tempfile_in(folder.unwrap_or(Path::new(".")))?;
        Ok(Self::Beside(file, place))
    }

    /// Puts what was written into its place.
    pub(super) fn finish(self) -> io::Result<()> {
        match self {
            Self::Beside(file, place) => {
                file.as_file().sync_all()?;
                file.persist(place)?;
                Ok(())
            }
            Self::Directly(_) => Ok(()),
        }
    }

    fn file(&mut self) -> &mut File {
        match self {
            Self::Beside(file, _) => file.as_file_mut(),
            Self::Directly(file) => file,
        }
    }
}

/// Temporary files are private otherwise; the system takes away what the user wants taken away.
#[cfg(unix)]
fn like_any_new_file(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn like_any_new_file(_: &mut tempfile::Builder<'_, '_>) {}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file().flush()
    }
}

impl Seek for Target {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.file().seek(to)
    }
}
