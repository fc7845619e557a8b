//! What can go wrong with a file, said to the person who has it.

use std::io;
use std::path::{Path, PathBuf};

use model::SyncId;

use crate::PebbleFile;

mod advice;
mod sqlite;

/// Why a file could not be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is nothing at the path.
    #[error("{} does not exist", .0.display())]
    Missing(PathBuf),
    /// The file has no bytes.
    #[error("{} is empty", .0.display())]
    Empty(PathBuf),
    /// The first bytes are not those of a c1z.
    #[error("{} is not a .c1z file: it does not start with `C1ZF`", .0.display())]
    NotC1z(PathBuf),
    /// The other container, which needs a Pebble store to read.
    #[error("{} is a v3 (Pebble) .c1z, written by a newer Baton SDK; {description}", path.display())]
    Pebble {
        /// The file.
        path: PathBuf,
        /// What its manifest says.
        description: Box<PebbleFile>,
    },
    /// The compressed data stops early.
    #[error("{} is cut off: its compressed data stops before the end", .0.display())]
    Truncated(PathBuf),
    /// The content does not match its checksum.
    #[error("{} is damaged: its content does not match its checksum", .0.display())]
    Checksum(PathBuf),
    /// What follows the magic is not zstd data.
    #[error("{} is damaged: what follows `C1ZF` is not zstd data", .0.display())]
    NotZstd(PathBuf),
    /// Something that is not zstd data follows the last frame.
    #[error("{} is damaged: unknown bytes follow its compressed data", .0.display())]
    TrailingData(PathBuf),
    /// The zstd data contradicts itself.
    #[error("{} is damaged: its compressed data cannot be decoded ({detail})", path.display())]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// The decoder's words.
        detail: String,
    },
    /// Decoding would need more memory than is allowed.
    #[error("{} needs a decoding window of more than {limit} bytes, the limit", path.display())]
    WindowTooLarge {
        /// The file.
        path: PathBuf,
        /// The largest window that is accepted, in bytes.
        limit: u64,
    },
    /// The file says that it unpacks to more than is allowed.
    #[error("{} says that it unpacks to {declared} bytes; the limit is {limit}", path.display())]
    DeclaredTooLarge {
        /// The file.
        path: PathBuf,
        /// What it says, in bytes.
        declared: u64,
        /// What is allowed, in bytes.
        limit: u64,
    },
    /// The file unpacks to more than is allowed, without saying so.
    #[error("{} unpacks to more than {limit} bytes, the limit", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// What is allowed, in bytes.
        limit: u64,
    },
    /// What was unpacked is not a SQLite database.
    #[error("{} does not hold a SQLite database", .0.display())]
    NotDatabase(PathBuf),
    /// A SQLite database, but not that of a sync.
    #[error("{} holds a SQLite database that is not a sync: {reason}", path.display())]
    ForeignDatabase {
        /// The file.
        path: PathBuf,
        /// What is in the way.
        reason: String,
    },
    /// SQLite finds its database damaged.
    #[error("the database in the file is damaged ({0})")]
    DamagedDatabase(#[source] rusqlite::Error),
    /// A row whose message cannot be decoded or understood.
    #[error("row {row} of {table} cannot be read: {detail}")]
    Row {
        /// The table.
        table: &'static str,
        /// The row's id.
        row: i64,
        /// What is wrong with it.
        detail: String,
    },
    /// There is no sync of that id.
    #[error("the file holds no sync {0}")]
    UnknownSync(SyncId),
    /// No sync in the file was completed.
    #[error("the file holds no finished sync")]
    NoFinishedSync,
    /// Another process writes the same file.
    #[error("{} is being written by another process", .0.display())]
    Busy(PathBuf),
    /// The folder of the file is not there.
    #[error("the folder {} does not exist", .0.display())]
    NoFolder(PathBuf),
    /// The folder does not take new files.
    #[error("cannot write to the folder {}: {source}", path.display())]
    ReadOnlyFolder {
        /// The folder.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The path names a folder or a device.
    #[error("{} is not a regular file", .0.display())]
    NotAFile(PathBuf),
    /// The file was replaced by someone else while a new one was prepared.
    #[error("{} was changed by someone else during the run; it was left as it is", .0.display())]
    TargetChanged(PathBuf),
    /// The system will not let the file be replaced.
    #[error("cannot replace {}: {source}", path.display())]
    NotReplaceable {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A call that needs a running sync came before `start` or `resume`, or after `finish`.
    #[error("no sync is being written")]
    NotStarted,
    /// Expanded grants were written before `prepare_expansion`.
    #[error("the grants are not ready to be expanded")]
    NotPrepared,
    /// `save` was called while a sync was still being written.
    #[error("the sync {0} is not finished")]
    NotFinished(SyncId),
    /// There is no room left.
    #[error("no space is left to write {what}")]
    NoSpace {
        /// What was being written.
        what: String,
    },
    /// The system refused an operation on a file.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried, such as `read`.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// SQLite refused an operation.
    #[error("the database of the file reports: {0}")]
    Database(#[source] rusqlite::Error),
}

impl Error {
    /// Wraps what the system said about `path`.
    pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::NoSpace {
                what: path.display().to_string(),
            },
            _ => Self::Io {
                action,
                path: path.to_owned(),
                source,
            },
        }
    }
}

#[cfg(test)]
mod tests;
