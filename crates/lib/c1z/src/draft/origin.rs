//! Where the content of a working copy came from, and whether an old one may be gone on with.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use crate::Error;
use crate::files::{create_private, sync_folder};

/// Where the content of a working copy came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// There was no file.
    Nothing,
    /// The file was unpacked.
    Target,
    /// An interrupted run left it.
    Interrupted,
}

/// The form of the note; another one means that a different version made the working copy.
const VERSION: &str = "rollcall-draft-1";

/// Notes that the working copy is complete and what it was made from.
pub(super) fn write_note(folder: &Path, fingerprint: &str) -> Result<(), Error> {
    let note = folder.join("origin");
    let beside = folder.join("origin.tmp");
    create_private(&beside)
        .and_then(|mut file| writeln!(file, "{VERSION} {fingerprint}"))
        .map_err(Error::io("write", &beside))?;
    fs::rename(&beside, &note).map_err(Error::io("write", &note))?;
    sync_folder(folder).map_err(Error::io("write", folder))
}

/// Why a left working copy cannot be gone on with; `None` when it can.
pub(super) fn refusal(folder: &Path, fingerprint: &str) -> Option<&'static str> {
    let Ok(note) = fs::read_to_string(folder.join("origin")) else {
        return Some("it was not complete");
    };
    match note.trim_end().split_once(' ') {
        Some((VERSION, noted)) if noted == fingerprint => None,
        Some((VERSION, _)) => Some("the file was changed since"),
        _ => Some("another version of the program made it"),
    }
}
