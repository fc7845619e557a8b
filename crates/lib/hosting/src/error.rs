//! What can go wrong around a process.

use governance::OfficeError;
use governance::repository::RepositoryError;

/// Why a connector could not be run.
#[derive(Debug, thiserror::Error)]
pub enum HostingError {
    /// The office, or the state behind it.
    #[error(transparent)]
    Office(#[from] OfficeError),
    /// The program cannot be started.
    #[error("its program cannot be started: {0}")]
    Start(#[source] std::io::Error),
    /// Something else, in words.
    #[error("{0}")]
    Other(String),
}

impl From<RepositoryError> for HostingError {
    fn from(error: RepositoryError) -> Self {
        OfficeError::from(error).into()
    }
}
