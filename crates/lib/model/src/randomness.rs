//! Randomness as an argument, for what nobody may guess: keys, tokens, nonces, salts.

use std::fmt;

/// Where bytes come from that nobody can guess; the programs pass the system's, tests a seeded one.
///
/// Unlike ids, which only need to differ, a secret has no stand-in: a machine that gives no randomness makes none.
pub trait Randomness: Send + Sync + fmt::Debug {
    /// Fills `bytes` with randomness.
    ///
    /// # Errors
    /// When the machine gives none; `bytes` is then not to be used.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness>;
}

/// The machine gives no randomness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "this machine gives no randomness, without which no secret can be made: try again when it has started fully"
)]
pub struct NoRandomness;
