//! People, how they sign in, and letters to them.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{Stored, Versioned, Written};
use crate::{
    Email, Identity, Letter, Link, Operator, OperatorId, Passkey, Session, SessionId, SignIn, SingleSignOn,
    TokenHash,
};

/// People, and how they come in.
#[async_trait]
pub trait People {
    /// Whether there is anybody.
    async fn is_anybody(&self) -> Stored<bool>;
    /// The one with that id.
    async fn operator(&self, id: &OperatorId) -> Stored<Option<Versioned<Operator>>>;
    /// The one with that address.
    async fn operator_with(&self, email: &Email) -> Stored<Option<Versioned<Operator>>>;
    /// All of them, by name.
    async fn operators(&self) -> Stored<Vec<Operator>>;
    /// What somebody signs in with.
    async fn sign_in(&self, id: &OperatorId) -> Stored<Option<SignIn>>;
    /// The provider that people may sign in with.
    async fn single_sign_on(&self) -> Stored<Option<SingleSignOn>>;
    /// Who is known by that.
    async fn identity(&self, issuer: &str, subject: &str) -> Stored<Option<Identity>>;
    /// What somebody is known by.
    async fn identities(&self, operator: &OperatorId) -> Stored<Vec<Identity>>;
    /// The passkey of that credential.
    async fn passkey(&self, credential: &[u8]) -> Stored<Option<Passkey>>;
    /// Those of somebody, the oldest first.
    async fn passkeys(&self, operator: &OperatorId) -> Stored<Vec<Passkey>>;
    /// Notes a wrong try, at once and whatever else happens; gives how it is now.
    async fn note_failure(&self, id: &OperatorId, now: DateTime<Utc>) -> Stored<SignIn>;
    /// Notes that a one-time code of that step was used; `false` when one of it, or of a later one, was before.
    async fn use_step(&self, id: &OperatorId, step: i64) -> Stored<bool>;
    /// Writes which recovery codes are left; `false` when others were left than these, so that one was used meanwhile.
    async fn spend_recovery_code(&self, id: &OperatorId, before: &str, left: &str) -> Stored<bool>;
    /// The session with that secret, and whose it is.
    async fn session(&self, token: &TokenHash) -> Stored<Option<(Session, Operator)>>;
    /// Those of somebody that were not ended, the last used first.
    async fn sessions(&self, operator: &OperatorId) -> Stored<Vec<Session>>;
    /// Notes that a session is used.
    async fn session_seen(&self, id: &SessionId, at: DateTime<Utc>) -> Stored<()>;
    /// Forgets sessions that began before, links that ended before, and challenges that were answered before.
    async fn forget_sessions(&self, before: DateTime<Utc>) -> Stored<u64>;
    /// The link with that secret.
    async fn link(&self, token: &TokenHash) -> Stored<Option<Link>>;
}

/// Letters.
#[async_trait]
pub trait Letters {
    /// Some of those that are to be sent now, the oldest first.
    async fn letters_due(&self, now: DateTime<Utc>, at_most: u64) -> Stored<Vec<Versioned<Letter>>>;
    /// Writes what became of one.
    async fn replace_letter(&self, changed: &Versioned<Letter>) -> Stored<Written>;
    /// The newest first.
    async fn letters(&self, at_most: u64) -> Stored<Vec<Letter>>;
}
