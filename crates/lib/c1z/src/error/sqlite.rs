//! What SQLite's answers mean for the file.

use rusqlite::ErrorCode;

use crate::Error;

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::DamagedDatabase(error),
            Some(ErrorCode::DiskFull) => Self::NoSpace {
                what: "the working copy of the file".to_owned(),
            },
            _ => Self::Database(error),
        }
    }
}
