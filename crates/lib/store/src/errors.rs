//! What a database says, in the domain's words.

use governance::repository::RepositoryError;
use sea_orm::{DbErr, SqlErr};

/// Something that the database does not do.
pub(crate) fn failed(error: DbErr) -> RepositoryError {
    RepositoryError::Database {
        message: error.to_string(),
        source: Box::new(error),
    }
}

/// Whether two rows would have what only one may have.
pub(crate) fn is_taken(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}
