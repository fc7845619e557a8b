//! A connector that somebody added: it reads one account and reports here.

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::ConnectorId;

/// The most characters of a name.
const LONGEST_NAME: usize = 80;

/// A connector, as it was set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connector {
    /// Which.
    pub id: ConnectorId,
    /// What people call it; no two have the same.
    pub name: ConnectorName,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// How often it is to read everything; `None` for only when somebody asks.
    pub sync_every: Option<Duration>,
    /// When it is to read everything next.
    pub next_sync_at: Option<DateTime<Utc>>,
    /// Whether nothing new is to be given to it.
    pub paused: bool,
}

impl Connector {
    /// A connector that reads as soon as it can, and then at its interval.
    pub fn new(
        id: ConnectorId,
        name: ConnectorName,
        sync_every: Option<Duration>,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            id,
            name,
            created_at: now,
            sync_every,
            next_sync_at: sync_every.map(|_| now),
            paused: false,
        }
    }

    /// Whether its time to read everything has come.
    pub fn is_due(&self, now: DateTime<Utc>) -> bool {
        !self.paused && self.next_sync_at.is_some_and(|at| at <= now)
    }

    /// The same connector once a sync was asked for: the next one follows at its interval, counted from now, so that
    /// what was missed is not made up for in a burst.
    pub fn sync_asked(self, now: DateTime<Utc>) -> Self {
        Self {
            next_sync_at: self.sync_every.map(|every| now + every),
            ..self
        }
    }
}

/// A name for people: 1 to 80 characters in one line, without spaces at the ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectorName(String);

/// Why a text is no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a connector's name has 1 to 80 characters in one line")]
pub struct NameError;

impl ConnectorName {
    /// Reads a name; spaces at the ends are dropped.
    ///
    /// # Errors
    /// When nothing is left, when it is too long, or when it has control characters.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let text = text.trim();
        let fits = (1..=LONGEST_NAME).contains(&text.chars().count()) && !text.chars().any(char::is_control);
        fits.then(|| Self(text.to_owned())).ok_or(NameError)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ConnectorName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
