//! Why it cannot be told who or what is meant.

use connector::ErrorKind;
use proto::ConvertError;

/// Why it cannot be told who or what is meant.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LookupError {
    /// The file cannot be used.
    #[error(transparent)]
    File(#[from] c1z::Error),
    /// A record of the file is not whole.
    #[error("the file holds a record that is not whole: {0}")]
    Record(#[from] ConvertError),
    /// There is no record of that id.
    #[error("error fetching {what}: it is not in {file}")]
    Absent {
        /// Kind and id.
        what: String,
        /// The file.
        file: String,
    },
    /// The grant is only what another one comes to.
    #[error("{grant} is held only through {}", sources.join(" and "))]
    Indirect {
        /// The grant.
        grant: String,
        /// The entitlements that it comes through.
        sources: Vec<String>,
    },
    /// Nothing has that name.
    #[error("nothing in {file} {described}")]
    Unknown {
        /// What was looked for, as the end of a sentence.
        described: String,
        /// The file.
        file: String,
        /// Names that are nearly the same.
        close: Vec<String>,
    },
    /// Several things have that name.
    #[error("'{name}' can mean several things:\n  {}", candidates.join("\n  "))]
    Ambiguous {
        /// What was given.
        name: String,
        /// Each with its id.
        candidates: Vec<String>,
        /// How to say which.
        hint: &'static str,
    },
}

impl LookupError {
    /// Its number doubles as the exit code.
    pub(crate) fn kind(&self) -> ErrorKind {
        match self {
            Self::File(_) | Self::Record(_) | Self::Indirect { .. } => ErrorKind::FailedPrecondition,
            Self::Absent { .. } | Self::Unknown { .. } => ErrorKind::NotFound,
            Self::Ambiguous { .. } => ErrorKind::InvalidArgument,
        }
    }

    /// A stable word for machines.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::File(error) => error.code(),
            Self::Record(_) => "record-not-whole",
            Self::Absent { .. } => "not-in-file",
            Self::Indirect { .. } => "not-held-directly",
            Self::Unknown { .. } => "unknown-name",
            Self::Ambiguous { .. } => "ambiguous-name",
        }
    }

    /// What to do about it; `read` is the command that reads the account into the file.
    pub(crate) fn hint(&self, read: &str) -> String {
        match self {
            Self::File(c1z::Error::Missing(_) | c1z::Error::NoFinishedSync | c1z::Error::Empty(_)) => {
                format!("names and ids are looked up in it; read the account first: {read}")
            }
            Self::File(error) => error.hint().to_owned(),
            Self::Record(_) => "read the account into a new file, and use that one".to_owned(),
            Self::Indirect { .. } => "revoke what it comes through instead: nothing was changed".to_owned(),
            Self::Unknown { close, .. } if !close.is_empty() => {
                format!("did you mean {}?", close.join(" or "))
            }
            Self::Absent { .. } | Self::Unknown { .. } => {
                format!("if it is newer than the file, read the account again: {read}")
            }
            Self::Ambiguous { hint, .. } => (*hint).to_owned(),
        }
    }
}
