//! What a connector shows with each call, for a while.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::{ConnectorId, CredentialId};

/// The SHA-256 of a token's text; the text itself is kept nowhere.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenHash(pub [u8; 32]);

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(..)")
    }
}

/// An access token that was given out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessToken {
    /// By which it is found.
    pub hash: TokenHash,
    /// The credential that it was given for; when that one ends, so does the token.
    pub credential: CredentialId,
    /// The connector that the credential belongs to.
    pub connector: ConnectorId,
    /// From when on it is worth nothing.
    pub expires_at: DateTime<Utc>,
}

impl AccessToken {
    /// Whether it is still good, as far as its own time goes.
    pub fn is_valid(&self, now: DateTime<Utc>) -> bool {
        now < self.expires_at
    }
}
