//! The control plane's domain: connectors, their credentials and workers, tasks, uploaded files.
//!
//! States are enums, and what may happen to them are functions that consume a value and give the next one, or refuse.
//! Nothing here knows SQL, HTTP or the wire: whoever keeps the state implements the traits of [`repository`], and the
//! message of a task is opaque.

mod access_token;
mod connector;
mod credential;
mod desk;
mod ids;
mod label;
pub mod repository;
mod task;
mod upload;
mod worker;

pub use access_token::{AccessToken, TokenHash};
pub use connector::{Connector, ConnectorName, NameError};
pub use credential::{Credential, CredentialRefusal, PublicKey};
pub use desk::{Asked, Caller, Counted, Desk, DeskError, Taken};
pub use ids::{AttemptId, ConnectorId, CredentialId, HostId, ParseIdError, TaskId, UploadId};
pub use label::Label;
pub use task::{
    Attempt, Beat, Claim, End, Failure, Finish, LockKey, Outcome, Refusal, Taker, Task, TaskKind, TaskRules,
    TaskState, Urgency, Work,
};
pub use upload::{Content, Digest, Upload, UploadState};
pub use worker::{Sign, Worker};
