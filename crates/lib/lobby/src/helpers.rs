//! What the lobby is given by whoever knows more than it.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::Stream;
use governance::{Authentication, ConnectorId, Mode, NewFile, Upload};
use model::Randomness;
use secrecy::SecretString;

/// What the lobby is given.
#[derive(Clone)]
pub struct Helpers {
    /// Tests settings before they are saved.
    pub probe: Arc<dyn Probe>,
    /// Reads files that were handed over, and takes those that somebody brings.
    pub files: Arc<dyn Files>,
    /// The machine's randomness.
    pub random: Arc<dyn Randomness>,
    /// Called when a connector is to run otherwise than before.
    pub changed: Arc<dyn Fn() + Send + Sync>,
}

impl fmt::Debug for Helpers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Helpers(..)")
    }
}

/// Settings that somebody wants to test.
#[derive(Debug)]
pub struct Candidate {
    /// The account.
    pub account_id: String,
    /// How the connector shows who it is.
    pub authentication: Authentication,
    /// The token or key.
    pub secret: SecretString,
    /// What it is to do there.
    pub mode: Mode,
}

/// Finds out what a credential may do.
#[async_trait]
pub trait Probe: Send + Sync {
    /// Compares what it may with what is needed.
    ///
    /// # Errors
    /// When it is not accepted, does not reach the account, or the account cannot be asked.
    async fn check(&self, candidate: &Candidate) -> Result<Checklist, ProbeError>;
    /// What is needed for a mode, for the help beside the form.
    fn needed(&self, mode: Mode) -> Vec<Needed>;
}

/// Why there is no checklist, and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct ProbeError {
    /// What happened, in a sentence.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// Whether it is the settings that are wrong; else the account could not be asked.
    pub is_rejection: bool,
}

/// A permission that is needed.
#[derive(Clone, Debug)]
pub struct Needed {
    /// In the dashboard's words.
    pub permission: String,
    /// What for.
    pub reason: String,
}

/// What a credential may do, compared with what is needed.
#[derive(Clone, Debug)]
pub struct Checklist {
    /// The name of the account, when it may be read.
    pub account: Option<String>,
    /// What kind of credential it is, and its name.
    pub credential: String,
    /// When it ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// The permissions.
    pub items: Vec<CheckItem>,
}

/// One permission.
#[derive(Clone, Debug)]
pub struct CheckItem {
    /// In the dashboard's words.
    pub permission: String,
    /// Whether it is there.
    pub allowed: Allowed,
    /// What it is needed for, or why it is too much.
    pub reason: String,
    /// Whether nothing works without it.
    pub is_needed_for_all: bool,
}

/// Whether a permission is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// It is, and it is more than is needed.
    Excess,
    /// It cannot be known without changing something.
    Unknown,
}

impl Checklist {
    /// What is missing, in the dashboard's words.
    pub fn missing(&self) -> Vec<String> {
        let missing = self.items.iter().filter(|item| item.allowed == Allowed::No);
        missing.map(|item| item.permission.clone()).collect()
    }
}

/// The pieces of a file, in order.
pub type Pieces = std::pin::Pin<Box<dyn Stream<Item = std::io::Result<Bytes>> + Send>>;

/// Why a file that somebody brings is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// It is not what it should be; in words for whoever brings it.
    Refused(String),
    /// It cannot be received here, which is in the log.
    Broken,
}

/// A file that somebody brings, received whole and checked; gone with the value unless it is stored.
#[async_trait]
pub trait Received: Send {
    /// What it is.
    fn file(&self) -> NewFile;
    /// Keeps it under a key.
    ///
    /// # Errors
    /// When the object store does not take it.
    async fn store(self: Box<Self>, key: &str) -> Result<(), std::io::Error>;
}

/// Files that connectors handed over, or that somebody brings.
#[async_trait]
pub trait Files: Send + Sync {
    /// The contents of a file.
    ///
    /// # Errors
    /// When it cannot be read.
    async fn open(&self, connector: &ConnectorId, upload: &Upload) -> Result<Pieces, std::io::Error>;
    /// Takes the pieces of a file that somebody brings, and checks what it is.
    ///
    /// # Errors
    /// When it is not what it should be, or cannot be received.
    async fn receive(&self, pieces: Pieces) -> Result<Box<dyn Received>, NotTaken>;
}
