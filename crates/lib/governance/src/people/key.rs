//! Keys with which programs act for a person.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Actor, Operator, Via};
use crate::{ApiKeyId, NameError, Object, OperatorId, TokenHash};

/// The most characters of a key's name.
const LONGEST_NAME: usize = 80;

/// A key with which a program acts for a person. The program has the secret; here is its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Which.
    pub id: ApiKeyId,
    /// By which it is found.
    pub token: TokenHash,
    /// The last four characters of its text, by which a person tells it from another.
    pub last_four: String,
    /// What its owner calls it.
    pub name: String,
    /// Who made it, and for whom it acts: it may never do more than they may.
    pub operator: OperatorId,
    /// How far it reaches.
    pub scope: KeyScope,
    /// Since when there is one.
    pub created_at: DateTime<Utc>,
    /// From when on it is worth nothing.
    pub expires_at: DateTime<Utc>,
    /// When it was last used, within a minute.
    pub used_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// How far a key reaches: it may what its owner may and this allows as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyScope {
    /// See what its owner sees, change nothing.
    ReadOnly,
    /// Everything that its owner may, but for what is their own: password, sessions, keys.
    Everything,
    /// Let a directory add, change and deactivate people by SCIM, and nothing else.
    Users,
}

/// How long a key is good for. None is good for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyLife {
    /// Seven days.
    Week,
    /// Thirty days.
    Month,
    /// Ninety days.
    Quarter,
    /// 365 days.
    Year,
}

/// A key that is good, with the person for whom it acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyHolder {
    /// The key.
    pub key: ApiKey,
    /// The person.
    pub operator: Operator,
}

impl ApiKey {
    /// How exact the time of its last use is: a write for each call would be too much.
    const EXACT: TimeDelta = TimeDelta::minutes(1);

    /// A text as the name of a key; spaces at the ends are dropped.
    ///
    /// # Errors
    /// When nothing is left, when it is too long, or when it has control characters.
    pub fn name(text: &str) -> Result<String, NameError> {
        crate::one_line(text, LONGEST_NAME)
            .ok_or(NameError("a key's name has 1 to 80 characters in one line"))
    }

    /// Whether it can be used.
    pub fn is_good(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }

    /// Whether its use should be noted.
    pub fn is_to_be_noted(&self, now: DateTime<Utc>) -> bool {
        self.used_at.is_none_or(|used| now - used >= Self::EXACT)
    }

    /// As the audit trail names it.
    pub fn object(&self) -> Object {
        Object::new("api-key", &self.id, &self.name)
    }
}

impl KeyHolder {
    /// As somebody who acts, from that address and with that request.
    pub fn actor(&self, from: Option<String>, request: Option<String>) -> Actor {
        Actor {
            name: self.operator.name.clone(),
            roles: self.operator.roles.clone(),
            via: Via::Key {
                operator: self.operator.id.clone(),
                key: self.key.id.clone(),
                name: self.key.name.clone(),
                scope: self.key.scope,
            },
            from,
            request,
        }
    }
}

impl KeyScope {
    /// All of them, the narrowest first.
    pub const ALL: [Self; 3] = [Self::ReadOnly, Self::Everything, Self::Users];

    /// Its name in the database and the API, stable.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ReadOnly => "read-only",
            Self::Everything => "everything",
            Self::Users => "users",
        }
    }

    /// The one of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == name)
    }

    /// What it is for, in a sentence.
    pub fn about(self) -> &'static str {
        match self {
            Self::ReadOnly => "Sees what you see, and changes nothing.",
            Self::Everything => "May do everything that you may, but for your password, sessions and keys.",
            Self::Users => "Lets a directory add, change and deactivate users by SCIM, and nothing else.",
        }
    }
}

impl fmt::Display for KeyScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ReadOnly => "Read only",
            Self::Everything => "Everything",
            Self::Users => "Users by SCIM",
        })
    }
}

impl KeyLife {
    /// All of them, the shortest first.
    pub const ALL: [Self; 4] = [Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// How many days.
    pub fn days(self) -> i64 {
        match self {
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
            Self::Year => 365,
        }
    }

    /// The one of so many days.
    pub fn of_days(days: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|life| life.days() == days)
    }
}
