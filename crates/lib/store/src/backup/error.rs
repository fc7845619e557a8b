//! What can go wrong.

use std::io;

use governance::repository::RepositoryError;
use sea_orm::DbErr;

/// Why rows could not be taken out or put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The tables are of a version that is not known here.
    #[error("it was made by another version of this program, which is newer than this one")]
    Newer,
    /// There is something already.
    #[error("the database is not empty: there is something in `{table}`")]
    NotEmpty {
        /// Where.
        table: String,
    },
    /// A line is no row of the table.
    #[error("line {line} of the table `{table}` cannot be read: {why}")]
    Line {
        /// Which table.
        table: String,
        /// Counted from 1; the first names the columns.
        line: u64,
        /// What is wrong.
        why: String,
    },
    /// Lines cannot be read or written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The database fails.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl From<DbErr> for BackupError {
    fn from(error: DbErr) -> Self {
        Self::Store(crate::errors::failed(error))
    }
}
