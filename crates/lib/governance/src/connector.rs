//! A connector that somebody added: it reads one account and reports here.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::{ConnectorId, NameError, Schedule};

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
    /// When it is to read everything.
    pub schedule: Schedule,
    /// When it is to read everything next.
    pub next_sync_at: Option<DateTime<Utc>>,
    /// Whether nothing new is to be given to it.
    pub paused: bool,
}

impl Connector {
    /// A connector that reads as soon as it can, and then by its schedule.
    pub fn new(id: ConnectorId, name: ConnectorName, schedule: Schedule, now: DateTime<Utc>) -> Self {
        Self {
            id,
            name,
            created_at: now,
            next_sync_at: (schedule != Schedule::Never).then_some(now),
            schedule,
            paused: false,
        }
    }

    /// Whether its time to read everything has come.
    pub fn is_due(&self, now: DateTime<Utc>) -> bool {
        !self.paused && self.next_sync_at.is_some_and(|at| at <= now)
    }

    /// The same connector once a sync was asked for: the next one follows by its schedule, counted from now, so that
    /// what was missed is not made up for in a burst.
    pub fn sync_asked(self, now: DateTime<Utc>) -> Self {
        Self {
            next_sync_at: self.schedule.after(now),
            ..self
        }
    }

    /// The same connector with another schedule.
    pub fn scheduled(self, schedule: Schedule, now: DateTime<Utc>) -> Self {
        Self {
            next_sync_at: schedule.after(now),
            schedule,
            ..self
        }
    }
}

/// A name for people: 1 to 80 characters in one line, without spaces at the ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectorName(String);

impl ConnectorName {
    /// Reads a name; spaces at the ends are dropped.
    ///
    /// # Errors
    /// When nothing is left, when it is too long, or when it has control characters.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        crate::one_line(text, LONGEST_NAME)
            .map(Self)
            .ok_or(NameError("a connector's name has 1 to 80 characters in one line"))
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
