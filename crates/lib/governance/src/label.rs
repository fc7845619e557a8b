//! How a connector is, in a word.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::{Connector, End, Task, TaskState, Worker};

/// The word that people see beside a connector's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// Nobody has ever reported for it, or nobody does.
    NotConnected,
    /// It is reading, or about to.
    Syncing,
    /// Somebody reports for it, and the last sync was believed.
    Connected,
    /// The last sync failed.
    Error,
    /// Somebody asked it to pause.
    Paused,
}

impl Label {
    /// The word for a connector with these workers, whose newest sync is this. Never *Connected* on a sign of life
    /// alone.
    pub fn of(connector: &Connector, workers: &[Worker], sync: Option<&Task>, now: DateTime<Utc>) -> Self {
        if connector.paused {
            return Self::Paused;
        }
        if !workers.iter().any(|worker| worker.is_present(now)) {
            return Self::NotConnected;
        }
        match sync.map(|task| &task.state) {
            None | Some(TaskState::Waiting { .. } | TaskState::Running(_)) => Self::Syncing,
            Some(TaskState::Finished { end, .. }) => match end {
                End::Succeeded(_) => Self::Connected,
                End::Failed(_) | End::Cancelled => Self::Error,
            },
        }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotConnected => "Not connected",
            Self::Syncing => "Syncing",
            Self::Connected => "Connected",
            Self::Error => "Error",
            Self::Paused => "Paused",
        })
    }
}
