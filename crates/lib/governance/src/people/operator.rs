//! A person who signs in to the console.

use std::fmt;

use chrono::{DateTime, Utc};

use super::{Email, Roles};
use crate::{OperatorId, SealedSecret};

/// Somebody who signs in, or could.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// Which.
    pub id: OperatorId,
    /// By which they are found; no two have the same.
    pub email: Email,
    /// How they are called.
    pub name: String,
    /// What they are here.
    pub roles: Roles,
    /// Whether they may come in.
    pub status: OperatorStatus,
    /// Where they come from.
    pub source: OperatorSource,
    /// Since when they are known.
    pub created_at: DateTime<Utc>,
}

/// Whether somebody may come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperatorStatus {
    /// They were added and have not been here yet.
    Invited,
    /// They may.
    Active,
    /// They may not any more.
    Deactivated {
        /// Since when.
        at: DateTime<Utc>,
    },
}

/// Where somebody's account here comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OperatorSource {
    /// Somebody added them here.
    Local,
    /// Somebody added them here, to come in by single sign-on: the first whom the provider vouches for with this
    /// person's verified address is them.
    Invited,
    /// An `OpenID` provider vouches for them. They are known by both together, never by their address alone.
    OpenId {
        /// Who vouches.
        issuer: String,
        /// How they are called there.
        subject: String,
    },
    /// A directory brought them.
    Directory {
        /// Its id for them, if it has told one.
        external_id: Option<String>,
        /// Whether it has let go of them: they exist for it no more.
        deleted: bool,
    },
}

/// What somebody proves with that it is them: kept apart from what pages show.
#[derive(Clone, PartialEq, Eq)]
pub struct SignIn {
    /// Whose.
    pub operator: OperatorId,
    /// The password's hash, as a PHC text.
    pub password: Option<String>,
    /// The second factor.
    pub second: Option<SecondFactor>,
    /// Wrong tries in a row.
    pub failures: u32,
    /// Until when no try is answered.
    pub locked_until: Option<DateTime<Utc>>,
}

/// A second factor.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// The secret of the one-time codes, sealed.
    pub secret: SealedSecret,
    /// The newest step that a code was accepted of: none is good twice.
    pub last_step: i64,
    /// What is kept of the recovery codes that are left.
    pub recovery: String,
    /// Since when it is used; `None` while it is being set up.
    pub confirmed_at: Option<DateTime<Utc>>,
}

impl Operator {
    /// Whether they may come in.
    pub fn is_active(&self) -> bool {
        matches!(self.status, OperatorStatus::Active)
    }
}

impl SecondFactor {
    /// Whether its codes count. Recovery codes may belong to somebody who has a passkey and no codes.
    pub fn is_confirmed(&self) -> bool {
        self.confirmed_at.is_some()
    }
}

impl SignIn {
    /// Wrong tries after which no more are answered for a while.
    pub const PATIENCE: u32 = 5;

    /// Nothing yet.
    pub fn none(operator: OperatorId) -> Self {
        Self {
            operator,
            password: None,
            second: None,
            failures: 0,
            locked_until: None,
        }
    }

    /// After a wrong try: after every fifth one nobody is answered for a while, longer each time. What is tried
    /// meanwhile is not looked at, so it counts for nothing: it neither opens the lock nor makes it longer.
    pub fn failed(self, now: DateTime<Utc>) -> Self {
        if self.is_locked(now) {
            return self;
        }
        let failures = self.failures.saturating_add(1);
        let rounds = failures / Self::PATIENCE;
        let locked = failures.is_multiple_of(Self::PATIENCE);
        let minutes = 1_i64 << rounds.min(6);
        Self {
            failures,
            locked_until: locked.then(|| now + chrono::TimeDelta::minutes(minutes)),
            ..self
        }
    }

    /// After a right one.
    pub fn succeeded(self) -> Self {
        Self {
            failures: 0,
            locked_until: None,
            ..self
        }
    }

    /// Whether a try is not answered now.
    pub fn is_locked(&self, now: DateTime<Utc>) -> bool {
        self.locked_until.is_some_and(|until| now < until)
    }
}

impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignIn")
            .field("operator", &self.operator)
            .field("failures", &self.failures)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for SecondFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecondFactor")
            .field("confirmed_at", &self.confirmed_at)
            .finish_non_exhaustive()
    }
}
