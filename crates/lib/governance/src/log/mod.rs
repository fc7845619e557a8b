//! What connectors that run beside the service write into their logs.

mod repository;

use std::fmt;

use chrono::{DateTime, Utc};

pub use repository::Logs;

use crate::{AttemptId, ConnectorId, TaskId};

/// A line of a connector's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// Whose.
    pub connector: ConnectorId,
    /// The try of a task that it was written for, if it was for one.
    pub attempt: Option<AttemptId>,
    /// When.
    pub at: DateTime<Utc>,
    /// How much it matters.
    pub level: LogLevel,
    /// What it says.
    pub message: String,
    /// What else it says, by name and in its order.
    pub fields: Vec<(String, String)>,
}

/// How much a line matters, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LogLevel {
    /// Of interest to whoever looks for a mistake.
    Debug,
    /// What happens.
    Info,
    /// Something is not as it should be.
    Warn,
    /// Something did not work.
    Error,
}

impl LogLevel {
    /// All of them, the least first.
    pub const ALL: [Self; 4] = [Self::Debug, Self::Info, Self::Warn, Self::Error];

    /// The one with that name, as logs and settings write it.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|level| level.name().eq_ignore_ascii_case(name))
    }

    /// Its name, in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for LogLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A line's place in the log: what was written later has a higher one, and none is given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogId(i64);

impl LogId {
    /// The place of that number.
    pub fn new(number: i64) -> Self {
        Self(number)
    }

    /// Its number.
    pub fn number(self) -> i64 {
        self.0
    }
}

/// A line in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Where it stands.
    pub id: LogId,
    /// What stands there.
    pub line: LogLine,
}

/// Which lines somebody wants to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogQuery {
    /// Of this connector.
    pub connector: ConnectorId,
    /// Of this task, whichever try it was; of all and of none when there is no task here.
    pub task: Option<TaskId>,
    /// That matter at least so much.
    pub least: LogLevel,
    /// That have this text in their message or fields, in capitals or not; any when it is empty.
    pub text: String,
}

impl LogQuery {
    /// All that a connector wrote.
    pub fn all(connector: ConnectorId) -> Self {
        Self {
            connector,
            task: None,
            least: LogLevel::Debug,
            text: String::new(),
        }
    }
}

/// Where in the log to read, and in which direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogPage {
    /// From the end on, the newest first.
    Newest,
    /// From before this place on, the newest first.
    Before(LogId),
    /// From after this place on, the oldest first: what is new for whoever has read up to there.
    After(LogId),
}
