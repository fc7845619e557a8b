//! Where letters go.

use std::fmt;

use async_trait::async_trait;

use crate::{Letter, SendError};

/// Somebody who takes letters.
#[async_trait]
pub trait Sender: Send + Sync + fmt::Debug {
    /// Hands a letter over. Once this has gone well, it is in somebody else's care.
    ///
    /// # Errors
    /// Says what happened and what to do; [`SendError::is_permanent`] whether it is any use to try again. A letter
    /// whose connection broke off may have arrived all the same.
    async fn send(&self, letter: &Letter) -> Result<(), SendError>;
}
