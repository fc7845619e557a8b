//! `rollcall backup` and `rollcall restore`: everything in one file, and back from it.

mod about;
mod making;
mod progress;
mod putting_back;

pub(super) use making::run as make;
pub(super) use putting_back::run as put_back;

use archive::ArchiveError;
use store::BackupError;

use crate::failure::Failure;

/// The beginning of the names of tables in the file.
const TABLES: &str = "tables/";
/// The beginning of the names of files that connectors handed over.
const FILES: &str = "files/";
/// The beginning of the names of sealed copies of the key ring.
const KEYS: &str = "keys/";

/// What is wrong with the file, for a person.
fn unusable(error: &ArchiveError, nothing: &str) -> Failure {
    let hint = match error {
        ArchiveError::NoArchive => "give a file that `rollcall backup` wrote",
        ArchiveError::Newer => "use the version of this program that wrote it, or a later one",
        ArchiveError::CutOff { .. } | ArchiveError::Damaged { .. } => {
            "copy it once more from where it was kept, or take another backup"
        }
        ArchiveError::Read(_) => "check that the file is there and that this user may read it",
    };
    Failure::new(format!("the backup cannot be used: {error}{nothing}"), hint)
}

/// What is wrong with the database, for a person.
fn failed(error: &BackupError) -> Failure {
    let hint = match error {
        BackupError::Newer => "use the version of this program that wrote it, or a later one",
        BackupError::NotEmpty { .. } => {
            "give another folder with --data, or an empty database with --database-url; what is there is not touched"
        }
        BackupError::Line { .. } => "take another backup",
        BackupError::Io(_) => "see whether there is room on the disk",
        BackupError::Store(_) => "see --data and --database-url",
    };
    Failure::new(error, hint)
}
