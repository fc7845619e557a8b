//! The control plane's domain: people and what they may do, apps, connectors with their credentials and workers, tasks,
//! uploaded files, and the audit trail of all changes.
//!
//! There are two doors: the [`Desk`], where connectors come, and the [`Office`], where people do. Nothing is changed but
//! through one of them.
//!
//! States are enums, and what may happen to them are functions that consume a value and give the next one, or refuse.
//! Nothing here knows SQL, HTTP or the wire: whoever keeps the state implements the traits of [`repository`], and the
//! message of a task is opaque.

pub mod access;
mod access_token;
mod app;
mod audit;
mod connector;
mod credential;
mod desk;
mod facts;
mod ids;
mod installation;
mod label;
mod letter;
mod log;
mod names;
mod office;
mod people;
pub mod repository;
mod schedule;
mod settings;
mod task;
mod upload;
mod worker;

pub use access_token::{AccessToken, TokenHash};
pub use app::{App, AppName, AppSource, AppState};
pub use audit::{
    AuditAction, AuditDraft, AuditEntry, AuditHash, AuditLineError, Broken, Difference, Object, Verifier,
};
pub use connector::{Connector, ConnectorName};
pub use credential::{Credential, CredentialRefusal, PublicKey};
pub use desk::{Asked, Caller, Counted, Desk, DeskError, Taken};
pub use facts::{CredentialsFact, Facts, Known, SyncFact, WorkerFact};
pub use ids::{
    ApiKeyId, AppId, AttemptId, ConnectorId, CredentialId, GroupId, HostId, LetterId, LinkId, OperatorId,
    ParseIdError, PasskeyId, ServiceId, SessionId, TaskId, UploadId,
};
pub use installation::{ConnectorKind, Held, Hosting, Installation, WaitingFor};
pub use label::Label;
pub use letter::{Letter, LetterState};
pub use log::{LogEntry, LogId, LogLevel, LogLine, LogPage, LogQuery};
pub use names::NameError;
pub use office::{
    Fate, Fates, Judged, ListedApp, ListedPerson, NewApiKey, NewConnector, NewFile, NewPlace, NewSession,
    Office, OfficeError, Owned, Readable, Run, Seen, SyncAsked, ToProject, TypesError, Whose,
};
pub use people::{
    Action, Actor, ApiKey, Denied, Email, EmailError, EndOfSession, Group, GroupRole, GroupSays, Identity,
    KeyHolder, KeyLife, KeyScope, Link, LinkPurpose, NewPasskey, Operator, OperatorSource, OperatorStatus,
    Passkey, PasskeyUse, Person, Proof, Provisioning, Role, Roles, SecondFactor, Session, SessionScope,
    SignIn, SignOnFault, SignOnRefusal, SingleSignOn, Via, Vouched,
};
pub use schedule::{CronTimes, Schedule, ScheduleError};
pub use settings::{Authentication, CheckOutcome, Checked, ConnectorSettings, Mode, SealedSecret};
pub use task::{
    Attempt, Beat, Claim, End, Failure, Finish, LockKey, Outcome, Refusal, SyncWork, Taker, Task, TaskKind,
    TaskRules, TaskState, Urgency, Work,
};
pub use upload::{Content, Digest, Upload, UploadState};
pub use worker::{Sign, Worker};

pub(crate) use names::one_line;
