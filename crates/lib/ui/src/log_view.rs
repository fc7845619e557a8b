//! What a run has said, line by line.

use askama::Template;
use chrono::{DateTime, SecondsFormat, Utc};

use crate::piece;

/// How much a line matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogLevel {
    /// For who looks for a fault.
    Debug,
    /// What goes on.
    Info,
    /// Went on, but somebody should look.
    Warn,
    /// Did not go on.
    Error,
}

impl LogLevel {
    fn value(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Debug => "Debug",
            Self::Info => "Info",
            Self::Warn => "Warning",
            Self::Error => "Error",
        }
    }
}

/// A line. On its own it is what an `append` event carries.
#[derive(Clone, Debug, Template)]
#[template(path = "log_entry.html")]
pub struct LogEntry {
    /// When it was said.
    pub at: DateTime<Utc>,
    /// How much it matters.
    pub level: LogLevel,
    /// What was said.
    pub message: String,
    /// Names and values that belong to it.
    pub fields: Vec<(String, String)>,
}

impl LogEntry {
    fn machine(&self) -> String {
        self.at.to_rfc3339_opts(SecondsFormat::Millis, true)
    }

    fn clock(&self) -> String {
        self.at.format("%H:%M:%S%.3f").to_string()
    }

    fn date(&self) -> String {
        self.at.format("%-d %b %Y, %H:%M:%S UTC").to_string()
    }
}

/// Lines to be read, filtered by level, and followed while more of them come.
#[derive(Clone, Debug, Template)]
#[template(path = "log_view.html")]
pub struct LogView {
    /// Its id on the page.
    pub id: String,
    /// Whose log it is, for screen readers.
    pub label: String,
    /// The lines so far, the oldest first.
    pub entries: Vec<LogEntry>,
    /// Where more lines come from while it runs: server-sent events as [`crate::Live::events`] tells.
    pub live: Option<String>,
    /// What is said while there is no line.
    pub empty: String,
}

impl LogView {
    fn count(&self, level: LogLevel) -> usize {
        self.entries.iter().filter(|entry| entry.level >= level).count()
    }
}

piece!(LogEntry, LogView);
