//! What can go wrong around a process.

use governance::DeskError;
use governance::repository::RepositoryError;

/// Why a connector could not be run.
#[derive(Debug, thiserror::Error)]
pub enum HostingError {
    /// The desk, or the state behind it.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The program cannot be started.
    #[error("its program cannot be started: {0}")]
    Start(#[source] std::io::Error),
    /// Something else, in words.
    #[error("{0}")]
    Other(String),
}

impl From<RepositoryError> for HostingError {
    fn from(error: RepositoryError) -> Self {
        DeskError::from(error).into()
    }
}
