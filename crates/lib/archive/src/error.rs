//! What can be wrong with a file.

use std::io;

/// Why a file cannot be read as an archive.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// It begins otherwise.
    #[error("it is no backup of Rollcall")]
    NoArchive,
    /// It begins like one, with another number of its form.
    #[error("it was written by a newer version of this program")]
    Newer,
    /// It ends too early.
    #[error("it is cut off after {at} bytes")]
    CutOff {
        /// How many bytes there are.
        at: u64,
    },
    /// It is not what was written.
    #[error("it is damaged: {what}")]
    Damaged {
        /// Where it shows.
        what: String,
    },
    /// It cannot be read at all.
    #[error("it cannot be read: {0}")]
    Read(#[source] io::Error),
}

impl ArchiveError {
    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged { what: what.into() }
    }
}
