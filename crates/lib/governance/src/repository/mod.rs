//! What the domain asks of whoever keeps its state.
//!
//! Each method is one transaction. Things that change carry a [`Versioned`] count: a change that was worked out from
//! an old version is not written, and whoever made it reads again. So any number of processes can share one database.

mod directory;
mod keys;
mod leases;
mod ledger;
mod people;
mod places;
mod sealed;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

pub use crate::access::{ChangeLog, Projections};
pub use crate::log::Logs;
use crate::{
    AccessToken, AttemptId, Connector, ConnectorId, ConnectorName, Credential, CredentialId, Sign, Task,
    TaskId, TokenHash, Upload, UploadId, Worker,
};

pub use directory::Directory;
pub use keys::ApiKeys;
pub use leases::Leases;
pub use ledger::{AuditFilter, Ledger, Write};
pub use people::{Letters, People};
pub use places::Places;
pub use sealed::{SealedPlace, SealedValue, SealedValues};

/// Why the state could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum RepositoryError {
    /// There is one already, such as a connector of the same name.
    #[error("there is already {what}")]
    Taken {
        /// What there is, with its name.
        what: String,
    },
    /// A row says something that cannot be.
    #[error("the database holds something impossible: {what}")]
    Impossible {
        /// The table, the row, and what is wrong with it.
        what: String,
    },
    /// The database cannot be reached, or refused.
    #[error("the database does not answer as it should: {message}")]
    Database {
        /// What it says.
        message: String,
        /// What lies beneath.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// What a repository answers.
pub type Stored<T> = Result<T, RepositoryError>;

/// A thing with the count of its changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versioned<T> {
    /// The thing.
    pub value: T,
    /// How often it has changed.
    pub version: i64,
}

impl<T> Versioned<T> {
    /// The same version with another value: a change that is to be written.
    pub fn with(&self, value: T) -> Self {
        Self {
            value,
            version: self.version,
        }
    }
}

/// Whether a change was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It was.
    Yes,
    /// It was not: the thing has changed, or a lock is held by another task.
    Outdated,
}

/// Connectors.
#[async_trait]
pub trait Connectors {
    /// The one with that id.
    async fn connector(&self, id: &ConnectorId) -> Stored<Option<Versioned<Connector>>>;
    /// The one with that name.
    async fn connector_named(&self, name: &ConnectorName) -> Stored<Option<Versioned<Connector>>>;
    /// All of them, by name.
    async fn connectors(&self) -> Stored<Vec<Connector>>;
    /// Some of those whose time to read everything has come and that are not paused.
    async fn connectors_due(&self, now: DateTime<Utc>, at_most: u64) -> Stored<Vec<Versioned<Connector>>>;
    /// Writes a change.
    async fn replace_connector(&self, changed: &Versioned<Connector>) -> Stored<Written>;
    /// Writes a change and adds a task, both or neither.
    async fn replace_connector_with_task(
        &self,
        changed: &Versioned<Connector>,
        task: &Task,
    ) -> Stored<Written>;
}

/// Credentials, and what was given out for them.
#[async_trait]
pub trait Credentials {
    /// The one with that client id.
    async fn credential(&self, client_id: &str) -> Stored<Option<Credential>>;
    /// Those of a connector, the oldest first.
    async fn credentials(&self, connector: &ConnectorId) -> Stored<Vec<Credential>>;
    /// The one with that id.
    async fn credential_with_id(&self, id: &CredentialId) -> Stored<Option<Credential>>;
    /// Notes that the nonce of a signed assertion was used; `false` when it was used before. It is remembered until
    /// `until`.
    async fn use_nonce(&self, credential: &CredentialId, nonce: &str, until: DateTime<Utc>) -> Stored<bool>;
    /// Keeps a token that is given out, and notes that its credential was used.
    async fn add_token(&self, token: &AccessToken, now: DateTime<Utc>) -> Stored<()>;
    /// The token with that hash, and its credential: both are needed to tell whether it is good.
    async fn token(&self, hash: &TokenHash) -> Stored<Option<(AccessToken, Credential)>>;
    /// Forgets tokens and nonces whose time is over; gives their number.
    async fn forget_expired(&self, now: DateTime<Utc>) -> Stored<u64>;
    /// Forgets credentials that were taken back before; gives their number. The audit trail still has them.
    async fn forget_revoked(&self, before: DateTime<Utc>) -> Stored<u64>;
}

/// Instances.
#[async_trait]
pub trait Workers {
    /// Notes what an instance says of itself; its `first_seen_at` stays what it was. Where there are more than
    /// [`Worker::MOST`] of the connector now, those that were not heard of for the longest are forgotten.
    async fn hello(&self, worker: &Worker) -> Stored<()>;
    /// Notes signs of life; nothing of an instance that has not said hello.
    async fn seen(&self, signs: &[Sign]) -> Stored<()>;
    /// The one of that name.
    async fn worker(&self, connector: &ConnectorId, host: &crate::HostId) -> Stored<Option<Worker>>;
    /// Those of a connector, the last heard of first.
    async fn workers(&self, connector: &ConnectorId) -> Stored<Vec<Worker>>;
    /// Forgets those that were not heard of since; gives their number.
    async fn forget_workers(&self, not_since: DateTime<Utc>) -> Stored<u64>;
}

/// Tasks.
#[async_trait]
pub trait Tasks {
    /// Adds one.
    async fn add_task(&self, task: &Task) -> Stored<()>;
    /// The one with that id.
    async fn task(&self, id: &TaskId) -> Stored<Option<Versioned<Task>>>;
    /// The one that a try belongs to, whether that try is its present one or an earlier one.
    async fn task_of(&self, attempt: &AttemptId) -> Stored<Option<Versioned<Task>>>;
    /// When those tries began, of which that is known.
    async fn tries_begun(&self, tries: &[AttemptId]) -> Stored<Vec<(AttemptId, DateTime<Utc>)>>;
    /// Up to so many that a connector could be given now, in their order: the most urgent first, then the oldest.
    /// Leaves out those whose lock a running task of the same connector holds, and all while the connector is paused.
    async fn tasks_ready(
        &self,
        connector: &ConnectorId,
        now: DateTime<Utc>,
        at_most: u64,
    ) -> Stored<Vec<Versioned<Task>>>;
    /// Writes a change. When the task now runs, its try is remembered and its lock is held;
    /// [`Written::Outdated`] also when another task of the connector holds that lock.
    async fn replace_task(&self, changed: &Versioned<Task>) -> Stored<Written>;
    /// Some of the running ones whose time is over.
    async fn tasks_expired(&self, now: DateTime<Utc>, at_most: u64) -> Stored<Vec<Versioned<Task>>>;
    /// A connector's newest tasks first, of one kind or of all.
    async fn tasks(
        &self,
        connector: &ConnectorId,
        kind: Option<crate::TaskKind>,
        at_most: u64,
    ) -> Stored<Vec<Task>>;
}

/// Uploaded files.
#[async_trait]
pub trait Uploads {
    /// Notes a file that is about to be stored. The same attempt may send the same content again after its answer
    /// was lost.
    async fn add_upload(&self, upload: &Upload) -> Stored<()>;
    /// Notes that a file is in the object store.
    async fn keep_upload(&self, id: &UploadId, at: DateTime<Utc>) -> Stored<()>;
    /// The kept files of a try.
    async fn uploads_of(&self, attempt: &AttemptId) -> Stored<Vec<Upload>>;
    /// The kept file of that id.
    async fn upload(&self, id: &UploadId) -> Stored<Option<Upload>>;
    /// The kept files of some tasks of a connector, the newest first.
    async fn uploads_of_tasks(&self, connector: &ConnectorId, tasks: &[TaskId]) -> Stored<Vec<Upload>>;
    /// The kept files of a connector, the newest first.
    async fn uploads(&self, connector: &ConnectorId, at_most: u64) -> Stored<Vec<Upload>>;
    /// Files that may be removed: kept ones whose time is over, except each connector's newest sync, and those that
    /// have been on their way since before `interrupted_before`.
    async fn uploads_to_remove(
        &self,
        now: DateTime<Utc>,
        interrupted_before: DateTime<Utc>,
        at_most: u64,
    ) -> Stored<Vec<Upload>>;
    /// Forgets a file, and what is kept of what it changed.
    async fn remove_upload(&self, id: &UploadId) -> Stored<()>;
}

/// Being there at all.
#[async_trait]
pub trait Presence {
    /// Asks for next to nothing, to see whether there is an answer.
    async fn is_there(&self) -> Stored<()>;
}

/// All of it.
pub trait Store:
    Connectors
    + Credentials
    + Workers
    + Tasks
    + Uploads
    + People
    + ApiKeys
    + Directory
    + Places
    + Letters
    + Leases
    + SealedValues
    + Ledger
    + Logs
    + Projections
    + ChangeLog
    + Presence
    + Send
    + Sync
{
}

impl<S> Store for S where
    S: Connectors
        + Credentials
        + Workers
        + Tasks
        + Uploads
        + People
        + ApiKeys
        + Directory
        + Places
        + Letters
        + Leases
        + SealedValues
        + Ledger
        + Logs
        + Projections
        + ChangeLog
        + Presence
        + Send
        + Sync
{
}
