//! What can go wrong while a file is read for people.

use std::io;
use std::path::PathBuf;

/// Why a question about a file has no answer.
#[derive(Debug, thiserror::Error)]
pub enum InspectError {
    /// The file cannot be read, or has no such sync.
    #[error(transparent)]
    File(#[from] c1z::Error),
    /// Nobody and nothing is called that.
    #[error("nothing in this sync is called `{0}`")]
    NobodyCalled(String),
    /// No resource is of that type.
    #[error("there is no resource type `{asked}`; there are: {}", known.join(", "))]
    NoSuchType {
        /// What was asked for.
        asked: String,
        /// The types that there are, by id.
        known: Vec<String>,
    },
    /// No resource has that id.
    #[error("there is no resource `{0}`")]
    NoSuchResource(String),
    /// No entitlement has that id.
    #[error("there is no entitlement `{0}`")]
    NoSuchEntitlement(String),
    /// Several are.
    #[error("`{asked}` could be any of: {}", candidates.join(", "))]
    Ambiguous {
        /// What was asked for.
        asked: String,
        /// Whom it may mean: names and ids.
        candidates: Vec<String>,
    },
    /// Two syncs are needed to compare.
    #[error("there is only one finished sync in the file, so there is nothing to compare it with")]
    OneSync,
    /// The result has no room in a worksheet.
    #[error("there are more rows than the {limit} for which a worksheet has room")]
    TooManyRows {
        /// How many there may be.
        limit: u32,
    },
    /// An export would replace the file that it is made from.
    #[error("{} is the file that is read, and an export would destroy it", path.display())]
    ExportOverSource {
        /// Where to.
        path: PathBuf,
    },
    /// An export would replace a file of the kind that is read.
    #[error("{} is a .c1z file, and an export would destroy it", path.display())]
    ExportOverC1z {
        /// Where to.
        path: PathBuf,
    },
    /// An export cannot be written.
    #[error("cannot write {}: {reason}", path.display())]
    Export {
        /// Where to.
        path: PathBuf,
        /// The system's reason.
        reason: String,
    },
    /// The answer cannot be written.
    #[error("cannot write the answer: {0}")]
    Output(#[from] io::Error),
}

impl InspectError {
    /// A word for programs and searches; stable.
    pub fn code(&self) -> &'static str {
        match self {
            Self::File(error) => error.code(),
            Self::NobodyCalled(_)
            | Self::NoSuchType { .. }
            | Self::NoSuchResource(_)
            | Self::NoSuchEntitlement(_) => "inspect-not-found",
            Self::Ambiguous { .. } => "inspect-ambiguous",
            Self::OneSync => "inspect-one-sync",
            Self::TooManyRows { .. } => "inspect-too-many-rows",
            Self::ExportOverSource { .. } => "inspect-export-over-source",
            Self::ExportOverC1z { .. } => "inspect-export-over-c1z",
            Self::Export { .. } => "inspect-export",
            Self::Output(_) => "inspect-output",
        }
    }

    /// What to do.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::File(c1z::Error::UnknownSync(_)) => "`rollcall inspect syncs` lists the syncs of the file",
            Self::File(error) => error.hint(),
            Self::NoSuchType { .. } => "`rollcall inspect resource-types` says more of them",
            Self::NoSuchResource(_) => "`rollcall inspect resources` lists them with their ids",
            Self::NoSuchEntitlement(_) => "`rollcall inspect entitlements` lists them with their ids",
            Self::NobodyCalled(_) => "`rollcall inspect resources` lists everything that can be asked about",
            Self::Ambiguous { .. } => "give the whole address, or an id such as `user:1234`",
            Self::OneSync => "sync again later, or compare with another file: --other FILE",
            Self::TooManyRows { .. } => "use `rollcall inspect export csv`, which has no such limit",
            Self::ExportOverSource { .. } | Self::ExportOverC1z { .. } | Self::Export { .. } => {
                "choose another place with --out"
            }
            Self::Output(_) => "see the system's reason in the message",
        }
    }

    /// The exit code, as in the Baton ecosystem: 5 where something was not found, else 2.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::File(c1z::Error::UnknownSync(_))
            | Self::NobodyCalled(_)
            | Self::NoSuchType { .. }
            | Self::NoSuchResource(_)
            | Self::NoSuchEntitlement(_) => 5,
            _ => 2,
        }
    }

    /// Whether whoever read the answer had enough, as `head` does: no error to speak of.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}
