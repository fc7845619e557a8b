//! Why something was not done.

use governance::OfficeError;
use model::NoRandomness;

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum LobbyError {
    /// The office refuses, or fails.
    #[error(transparent)]
    Office(#[from] OfficeError),
    /// What was given cannot be used: which part of it, and why.
    #[error("{why}")]
    Field {
        /// Which part.
        field: &'static str,
        /// Why, and what to do.
        why: &'static str,
    },
    /// Something that should not happen.
    #[error("{0}")]
    Broken(&'static str),
}

impl From<NoRandomness> for LobbyError {
    fn from(_: NoRandomness) -> Self {
        Self::Broken("this machine gives no randomness")
    }
}
