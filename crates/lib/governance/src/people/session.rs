//! A stretch of time in which somebody is signed in.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{OperatorId, SessionId, TokenHash};

/// A session. The browser has a secret; here is its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Which.
    pub id: SessionId,
    /// By which it is found.
    pub token: TokenHash,
    /// Who is signed in.
    pub operator: OperatorId,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// When it was last used, within a minute.
    pub seen_at: DateTime<Utc>,
    /// When it was ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// From which address it was begun.
    pub from: Option<String>,
    /// What the browser called itself.
    pub agent: String,
    /// How far whoever has it may go.
    pub scope: SessionScope,
    /// How whoever has it showed who they are.
    pub proof: Proof,
}

/// How somebody showed who they are, before any second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// By a password of this console.
    Password,
    /// By a link that is good once.
    Link,
    /// A provider vouches for them.
    SingleSignOn,
    /// With a passkey alone, whose authenticator made sure who was there.
    Passkey,
}

/// How far a session reaches. Whoever gets further gets a new one, so that a secret that was seen before is worth
/// nothing afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionScope {
    /// Who it is was shown, and a second factor is awaited.
    AwaitingCode,
    /// Who it is was shown, and a second factor has to be set up before anything else.
    SetUpOnly,
    /// Signed in.
    Full,
}

impl SessionScope {
    /// Its name in the database, stable.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AwaitingCode => "awaiting-code",
            Self::SetUpOnly => "set-up-only",
            Self::Full => "full",
        }
    }

    /// The one of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::AwaitingCode, Self::SetUpOnly, Self::Full]
            .into_iter()
            .find(|scope| scope.as_str() == name)
    }

    /// How long a session of this scope lasts at most.
    fn longest(self) -> TimeDelta {
        match self {
            Self::AwaitingCode => TimeDelta::minutes(5),
            Self::SetUpOnly => TimeDelta::minutes(30),
            Self::Full => Session::LONGEST,
        }
    }
}

impl Proof {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Password, Self::Link, Self::SingleSignOn, Self::Passkey];

    /// Its name in the database, stable.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Link => "link",
            Self::SingleSignOn => "single-sign-on",
            Self::Passkey => "passkey",
        }
    }

    /// As it is said.
    pub fn words(self) -> &'static str {
        match self {
            Self::Password => "by password",
            Self::Link => "by a link",
            Self::SingleSignOn => "by single sign-on",
            Self::Passkey => "by passkey",
        }
    }

    /// The one of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|proof| proof.as_str() == name)
    }
}

/// Why a session is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndOfSession {
    /// Somebody ended it.
    Ended,
    /// Nobody used it for too long.
    Idle,
    /// It has been long enough.
    Old,
}

impl Session {
    /// How long a session lasts at most.
    pub const LONGEST: TimeDelta = TimeDelta::hours(12);
    /// After how long without use it ends.
    pub const IDLE: TimeDelta = TimeDelta::minutes(30);
    /// How exact the time of its last use is: a write for each page would be too much.
    pub const EXACT: TimeDelta = TimeDelta::minutes(1);

    /// Whether it is over, and why.
    pub fn end(&self, now: DateTime<Utc>) -> Option<EndOfSession> {
        if self.ended_at.is_some() {
            Some(EndOfSession::Ended)
        } else if now - self.created_at >= self.scope.longest() {
            Some(EndOfSession::Old)
        } else if now - self.seen_at >= Self::IDLE {
            Some(EndOfSession::Idle)
        } else {
            None
        }
    }

    /// Whether its last use should be noted.
    pub fn is_to_be_noted(&self, now: DateTime<Utc>) -> bool {
        now - self.seen_at >= Self::EXACT
    }
}
