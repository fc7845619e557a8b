//! The stable code of each error, and what to do about it.

use crate::Error;

impl Error {
    /// A word for programs and searches; it stays the same when the text changes.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "c1z-missing",
            Self::Empty(_) => "c1z-empty",
            Self::NotC1z(_) => "c1z-not-a-c1z",
            Self::Pebble { .. } => "c1z-v3",
            Self::Truncated(_) => "c1z-truncated",
            Self::Checksum(_) => "c1z-checksum",
            Self::NotZstd(_) => "c1z-not-zstd",
            Self::TrailingData(_) => "c1z-trailing-data",
            Self::Corrupt { .. } => "c1z-corrupt",
            Self::WindowTooLarge { .. } => "c1z-window",
            Self::DeclaredTooLarge { .. } | Self::TooLarge { .. } => "c1z-too-large",
            Self::NotDatabase(_) => "c1z-not-a-database",
            Self::ForeignDatabase { .. } => "c1z-foreign-database",
            Self::DamagedDatabase(_) => "c1z-damaged-database",
            Self::Row { .. } => "c1z-row",
            Self::UnknownSync(_) => "c1z-unknown-sync",
            Self::NoFinishedSync => "c1z-no-finished-sync",
            Self::Busy(_) => "c1z-busy",
            Self::NoFolder(_) => "c1z-no-folder",
            Self::ReadOnlyFolder { .. } => "c1z-read-only-folder",
            Self::NotAFile(_) => "c1z-not-a-file",
            Self::TargetChanged(_) => "c1z-target-changed",
            Self::NotReplaceable { .. } => "c1z-not-replaceable",
            Self::NotStarted => "c1z-not-started",
            Self::NotPrepared => "c1z-not-prepared",
            Self::NotFinished(_) => "c1z-not-finished",
            Self::NoSpace { .. } => "c1z-no-space",
            Self::Io { .. } => "c1z-io",
            Self::Database(_) => "c1z-database",
        }
    }

    /// What the person can do.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Missing(_) => "check the path, or run a sync to make the file",
            Self::Empty(_) | Self::NoFinishedSync => "run a sync to the end first",
            Self::NotC1z(_) | Self::NotDatabase(_) | Self::ForeignDatabase { .. } | Self::NotAFile(_) => {
                "name another path: this file belongs to something else"
            }
            Self::Pebble { .. } => {
                "run the connector with `--storage-engine sqlite` and a new path: that gives a file that can be read"
            }
            Self::Truncated(_)
            | Self::Checksum(_)
            | Self::NotZstd(_)
            | Self::TrailingData(_)
            | Self::Corrupt { .. }
            | Self::DamagedDatabase(_)
            | Self::Row { .. } => "copy the file again from where it came from, or sync to a new path",
            Self::WindowTooLarge { .. } => {
                "raise BATON_DECODER_MAX_MEMORY_MB if you trust the file (128 MiB is the most that is supported)"
            }
            Self::DeclaredTooLarge { .. } | Self::TooLarge { .. } => {
                "raise BATON_DECODER_MAX_DECODED_SIZE_MB if you trust the file"
            }
            Self::UnknownSync(_) => "list the syncs of the file to see their ids",
            Self::Busy(_) => "wait for the other run to end, or write to another path",
            Self::NoFolder(_) => "make the folder, or name another path",
            Self::ReadOnlyFolder { .. } => {
                "give this user the right to write there, or name another path: the file is replaced as a whole, so its folder must take new files"
            }
            Self::TargetChanged(_) => "run again: the next run starts from the file that is there now",
            Self::NotReplaceable { .. } => {
                "make the file replaceable (it may be marked immutable, or be another user's), or name another one with `-f`; whatever was read is kept for the next run"
            }
            Self::NotStarted | Self::NotPrepared | Self::NotFinished(_) => {
                "this is a mistake in the program: please report it"
            }
            Self::NoSpace { .. } => {
                "free some space: a run needs room for about twice the unpacked size of the file"
            }
            Self::Io { .. } | Self::Database(_) => "see the reason in the message; nothing was replaced",
        }
    }
}
