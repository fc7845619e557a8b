//! Why a run failed: a text, a hint and an exit code for each way.

use std::path::PathBuf;

use connector::{ConnectorError, ErrorKind};
use sync::SyncError;

use crate::lookup::LookupError;
use crate::problem::Problems;
use crate::service::CallError;

/// Why a run failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RunError {
    /// The command line cannot be read.
    #[error("{message}")]
    Usage {
        /// As the original words it.
        message: String,
        /// What was perhaps meant.
        hint: String,
    },
    /// The settings hold mistakes.
    #[error(transparent)]
    Settings(Problems),
    /// Something that the original does and this version does not do yet.
    #[error("not available in this version yet: {what}")]
    NotYet {
        /// What was asked for.
        what: &'static str,
    },
    /// The log cannot be written.
    #[error("cannot open the log file {path}: {source}")]
    Log {
        /// The file.
        path: String,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The machinery of the program could not start.
    #[error("cannot start: {0}")]
    Runtime(std::io::Error),
    /// The connector could not be made.
    #[error(transparent)]
    Connect(ConnectorError),
    /// The file to be written cannot be used.
    #[error(transparent)]
    File(c1z::Error),
    /// The sync stopped.
    #[error(transparent)]
    Sync(SyncError),
    /// It cannot be told who or what is meant.
    #[error("{error}")]
    Lookup {
        /// Why.
        error: LookupError,
        /// The command that reads the account into the file.
        read: String,
    },
    /// The connector refused the change, or could not make it.
    #[error(transparent)]
    Change(ConnectorError),
    /// Somebody stopped a change before it was begun.
    #[error("stopped by {0}; nothing was changed")]
    NotBegun(&'static str),
    /// Somebody did not wait for the end of a change.
    #[error("stopped by {0} while a change was under way; whether it was made is not known")]
    NotKnown(&'static str),
    /// Somebody stopped it.
    #[error("stopped by {signal}; the parts that were read whole are kept in {kept}")]
    Stopped {
        /// The signal's name.
        signal: &'static str,
        /// Where the working copy is.
        kept: String,
    },
    /// The control plane does not want this connector, or what is needed to talk to it is not there.
    #[error("running as a service ended: {0}")]
    Service(CallError),
    /// There is no room for temporary files.
    #[error("cannot make a temporary folder in {folder}: {source}")]
    Folder {
        /// Where it was to be.
        folder: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// Somebody did not wait for the tasks under way.
    #[error("stopped by {0} while tasks were under way; the control plane will give them to somebody else")]
    Abandoned(&'static str),
    /// Telemetry cannot be sent.
    #[error(transparent)]
    Telemetry(#[from] runtime::telemetry::TelemetryError),
    /// Questions about health cannot be answered.
    #[error(transparent)]
    Watching(#[from] runtime::HealthError),
    /// The health endpoint says no, or nothing.
    #[error(transparent)]
    Health(#[from] crate::health::HealthError),
}

impl RunError {
    /// The exit code: 2 for plain mistakes, otherwise the number of a gRPC status.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Usage { .. }
            | Self::Settings(_)
            | Self::Log { .. }
            | Self::Watching(_)
            | Self::Telemetry(_) => 2,
            Self::NotYet { .. } => ErrorKind::Unimplemented.code(),
            Self::Runtime(_) => ErrorKind::Internal.code(),
            Self::Connect(error) | Self::Change(error) => error.kind.code(),
            Self::Lookup { error, .. } => error.kind().code(),
            Self::File(_) | Self::Folder { .. } => ErrorKind::FailedPrecondition.code(),
            Self::Sync(error) => error.kind().code(),
            Self::Stopped { .. } | Self::NotBegun(_) | Self::NotKnown(_) | Self::Abandoned(_) => {
                ErrorKind::Cancelled.code()
            }
            Self::Service(error) => u8::try_from(i32::from(error.code())).unwrap_or(2),
            Self::Health(error) => error.exit_code(),
        }
    }

    /// What to do about it; may be empty.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::Usage { hint, .. } => hint.clone(),
            Self::Settings(_)
            | Self::Runtime(_)
            | Self::Health(_)
            | Self::NotBegun(_)
            | Self::Abandoned(_) => String::new(),
            Self::Telemetry(_) => {
                "see --otel-collector-endpoint and the settings that go with it".to_owned()
            }
            Self::Watching(_) => {
                "choose others with --health-check-bind-address and --health-check-port".to_owned()
            }
            Self::Service(error) => error.hint(),
            Self::Folder { .. } => "name a folder that exists and can be written with --c1z-temp-dir".to_owned(),
            Self::NotYet { .. } => "nothing was read or changed".to_owned(),
            Self::Log { .. } => "name a file in a folder that exists and can be written".to_owned(),
            Self::Connect(error) | Self::Change(error) => error.hint.clone(),
            Self::Lookup { error, read } => error.hint(read),
            Self::NotKnown(_) => {
                "run the same command again: what is so already stays as it is".to_owned()
            }
            Self::File(error) => error.hint().to_owned(),
            Self::Sync(error) => error.hint(),
            Self::Stopped { .. } => "run the same command again: it continues from there, and reads the part that was under way again"
                .to_owned(),
        }
    }

    /// For machines, stable; empty when the exit code says it all.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Connect(error) | Self::Change(error) => error.code,
            Self::Lookup { error, .. } => error.code(),
            Self::File(error) => error.code(),
            Self::Sync(error) => error.code(),
            _ => "",
        }
    }

    /// What lies beneath, outermost first, for the log.
    pub(crate) fn causes(&self) -> Vec<String> {
        let first = std::error::Error::source(self);
        std::iter::successors(first, |error| error.source())
            .map(ToString::to_string)
            .collect()
    }
}

#[cfg(test)]
mod tests;
