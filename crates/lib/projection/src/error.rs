//! Why a file does not become rows.

use governance::repository::RepositoryError;
use model::SyncId;

/// Why a file does not become rows.
#[derive(Debug, thiserror::Error)]
pub enum ProjectionError {
    /// It is damaged, or not such a file.
    #[error("the file cannot be read: {0}")]
    File(#[from] c1z::Error),
    /// The sync was interrupted.
    #[error("the sync {0} was never finished; wait for the next one")]
    Unfinished(SyncId),
    /// The sync left out on purpose what would be missing here.
    #[error(
        "the sync {sync} is not a full one but `{kind}`: it does not tell who can do what; ask for a full one"
    )]
    Partial {
        /// Which.
        sync: SyncId,
        /// What it set out to read, in the file's word.
        kind: String,
    },
    /// A record says less than it must.
    #[error("a {record} in the file has no {field}; the connector that wrote it is broken")]
    Nameless {
        /// What kind of record.
        record: &'static str,
        /// What it does not say.
        field: &'static str,
    },
    /// The rows cannot be kept.
    #[error(transparent)]
    Store(#[from] RepositoryError),
    /// Nobody is to know it any more.
    #[error("the connector was removed meanwhile")]
    Removed,
    /// Nobody heard of the work for so long that it was given up.
    #[error(
        "writing the rows took so long that they were given up for dead; it is tried again with the next sync"
    )]
    GivenUp,
    /// The reading ended without saying why.
    #[error("the file could not be read to its end")]
    Ended,
}
