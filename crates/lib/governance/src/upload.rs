//! Files that connectors handed over.

use std::fmt;

use chrono::{DateTime, Utc};
use model::SyncId;

use crate::{AttemptId, ConnectorId, TaskId, UploadId};

/// The SHA-256 of a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Digest(pub [u8; 32]);

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

/// A file that was received whole and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Which.
    pub id: UploadId,
    /// Of which connector.
    pub connector: ConnectorId,
    /// The task that it is a result of.
    pub task: TaskId,
    /// The try that it is a result of.
    pub attempt: AttemptId,
    /// What it is.
    pub content: Content,
    /// Bytes.
    pub size: u64,
    /// Of those bytes.
    pub digest: Digest,
    /// Where the object store has it.
    pub key: String,
    /// How far it is.
    pub state: UploadState,
    /// From when on it may be removed.
    pub keep_until: DateTime<Utc>,
}

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A finished sync.
    Sync(SyncId),
    /// The log of a task.
    DebugLog,
}

/// How far a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UploadState {
    /// On its way into the object store; what stays like this was interrupted.
    Storing {
        /// Since when.
        since: DateTime<Utc>,
    },
    /// In the object store.
    Kept {
        /// Since when.
        at: DateTime<Utc>,
    },
}
