//! How a hosted connector reaches its account.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::ConnectorId;

/// A secret that nobody can read without the key ring, and that is good in one place only.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedSecret(pub Vec<u8>);

impl fmt::Debug for SealedSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealedSecret(..)")
    }
}

/// What a connector was told about its account. Kept apart from the rest, so that only what needs the secret reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectorSettings {
    /// Of which connector.
    pub connector: ConnectorId,
    /// The account: 32 characters of 0-9 and a-f.
    pub account_id: String,
    /// How it shows who it is.
    pub authentication: Authentication,
    /// The token or key, sealed.
    pub secret: SealedSecret,
    /// The last four characters of it, by which a person tells it from another.
    pub last_four: String,
    /// What it is to do there.
    pub mode: Mode,
    /// When they were saved.
    pub saved_at: DateTime<Utc>,
    /// How often they were saved: whoever runs with an older count starts anew.
    pub revision: i64,
    /// What the last test of them said.
    pub checked: Option<Checked>,
}

/// How a connector shows Cloudflare who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authentication {
    /// A token that has just the rights that it was given.
    ApiToken,
    /// The global key of a user, which has all of that user's rights.
    ApiKey {
        /// Of which user.
        email: String,
    },
}

/// What a connector is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Read.
    Reviews,
    /// Read, and change access.
    ReviewsAndProvisioning,
}

/// What a test of settings said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub outcome: CheckOutcome,
}

/// Whether settings are any good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckOutcome {
    /// Everything that is needed is there.
    Good,
    /// The account lets them in, and something is missing.
    Insufficient {
        /// What, in the dashboard's words.
        missing: Vec<String>,
    },
    /// The account does not let them in.
    Rejected {
        /// Why, and what to do.
        why: String,
    },
}

impl Mode {
    /// Its name in the database and in forms, stable.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reviews => "reviews",
            Self::ReviewsAndProvisioning => "reviews-and-provisioning",
        }
    }

    /// The one of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Reviews, Self::ReviewsAndProvisioning]
            .into_iter()
            .find(|mode| mode.as_str() == name)
    }
}
