//! Passkeys: what an authenticator keeps for somebody.

use chrono::{DateTime, Utc};

use crate::{OperatorId, PasskeyId};

/// A passkey. Its secret half never leaves the authenticator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// Which.
    pub id: PasskeyId,
    /// Whose.
    pub operator: OperatorId,
    /// How the authenticator calls it; no two have the same.
    pub credential: Vec<u8>,
    /// The half that everybody may know, as the authenticator wrote it.
    pub key: Vec<u8>,
    /// How often it has signed, as far as its authenticator counts.
    pub count: u32,
    /// How its owner calls it.
    pub name: String,
    /// Since when there is one.
    pub created_at: DateTime<Utc>,
    /// When it was last used.
    pub used_at: Option<DateTime<Utc>>,
}

/// A passkey that was made just now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPasskey {
    /// How the authenticator calls it.
    pub credential: Vec<u8>,
    /// The half that everybody may know.
    pub key: Vec<u8>,
    /// How often it has signed.
    pub count: u32,
    /// How its owner calls it.
    pub name: String,
}

/// That a passkey was used: once for each challenge, and never with a count that was there before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeyUse {
    /// Which.
    pub id: PasskeyId,
    /// What it had counted before.
    pub before: u32,
    /// What it has counted now.
    pub count: u32,
    /// What it answered to.
    pub challenge: [u8; 32],
    /// When.
    pub at: DateTime<Utc>,
}
