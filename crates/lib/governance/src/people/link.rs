//! Links that are good once, for a while.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{ConnectorId, LinkId, OperatorId, TokenHash};

/// A link that was given out. Its secret is in the link; here is its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Which.
    pub id: LinkId,
    /// By which it is found.
    pub token: TokenHash,
    /// What it is for.
    pub purpose: LinkPurpose,
    /// Since when there is one.
    pub created_at: DateTime<Utc>,
    /// From when on it is worth nothing.
    pub expires_at: DateTime<Utc>,
    /// When it was used, or taken back.
    pub used_at: Option<DateTime<Utc>>,
}

/// What a link is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkPurpose {
    /// To become the first Super Administrator.
    FirstStart,
    /// To choose a password and come in.
    Welcome(OperatorId),
    /// To come in as somebody, without more: for the demo.
    Demo(OperatorId),
}

impl Link {
    /// How long one is good for.
    pub fn life(purpose: &LinkPurpose) -> TimeDelta {
        match purpose {
            LinkPurpose::FirstStart => TimeDelta::hours(1),
            LinkPurpose::Welcome(_) => TimeDelta::days(3),
            LinkPurpose::Demo(_) => TimeDelta::hours(12),
        }
    }

    /// Whether it can still be used.
    pub fn is_good(&self, now: DateTime<Utc>) -> bool {
        self.used_at.is_none() && now < self.expires_at
    }
}

/// Where a letter about a connector leads to.
impl LinkPurpose {
    /// The path of a connector's page, which asks to sign in first.
    pub fn connector_path(connector: &ConnectorId) -> String {
        format!("/connectors/{connector}")
    }
}
