//! What a connector signs in with. Only the public half of the key is kept: the secret is shown once and then known to
//! nobody but the connector.

use chrono::{DateTime, Utc};

use crate::{ConnectorId, CredentialId};

/// An Ed25519 public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey(pub [u8; 32]);

/// A client id and the key that goes with it. A connector may have several, so that they can be exchanged one by one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// Which.
    pub id: CredentialId,
    /// Whose.
    pub connector: ConnectorId,
    /// The client id, `<name>@<host>/<rest>`; no two have the same.
    pub client_id: String,
    /// What its signatures are checked with.
    pub public_key: PublicKey,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// From when on it is worth nothing; `None` for never.
    pub expires_at: Option<DateTime<Utc>>,
    /// When somebody took it back.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When a token was last given for it.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// Why a credential is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CredentialRefusal {
    /// Somebody took it back.
    #[error("this credential was revoked at {0}")]
    Revoked(DateTime<Utc>),
    /// Its time is over.
    #[error("this credential expired at {0}")]
    Expired(DateTime<Utc>),
}

impl Credential {
    /// Whether it can be used.
    ///
    /// # Errors
    /// When it was taken back, or when its time is over.
    pub fn check(&self, now: DateTime<Utc>) -> Result<(), CredentialRefusal> {
        if let Some(at) = self.revoked_at {
            return Err(CredentialRefusal::Revoked(at));
        }
        match self.expires_at {
            Some(at) if at <= now => Err(CredentialRefusal::Expired(at)),
            _ => Ok(()),
        }
    }
}
