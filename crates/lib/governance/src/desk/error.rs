//! Why the desk could not do what was asked.

use crate::repository::RepositoryError;
use crate::{CredentialRefusal, NameError, ParseIdError, Refusal};

/// Why the desk refuses, or fails.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The token is none that was given out, or its time is over.
    #[error("the access token is not valid, or has expired")]
    Token,
    /// The credential behind the token is no longer accepted.
    #[error(transparent)]
    Credential(#[from] CredentialRefusal),
    /// There is no such thing, or not for whoever asks.
    #[error("there is no such {0}")]
    Unknown(&'static str),
    /// The task's state does not allow it.
    #[error(transparent)]
    Task(#[from] Refusal),
    /// A text is not the id that it should be.
    #[error(transparent)]
    Id(#[from] ParseIdError),
    /// A text is no name.
    #[error(transparent)]
    Name(#[from] NameError),
    /// Others kept changing the same thing.
    #[error("this changed several times at the same moment; try again")]
    Contended,
    /// The state cannot be read or written.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}
