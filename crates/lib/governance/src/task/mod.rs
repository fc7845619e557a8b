//! Tasks: work that is tried by one worker at a time until it ends, once.

mod kind;
mod rules;
#[cfg(test)]
mod tests;
mod transition;
mod work;

use chrono::{DateTime, Utc};

pub use kind::{TaskKind, Urgency};
pub use rules::TaskRules;
pub use transition::{Beat, Claim, Finish, Outcome, Refusal, Taker};
pub use work::{LockKey, SyncWork, Work};

use crate::{AttemptId, ConnectorId, CredentialId, HostId, TaskId};

/// A unit of work for a connector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Which.
    pub id: TaskId,
    /// Whose work it is.
    pub connector: ConnectorId,
    /// What is to be done.
    pub work: Work,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// How often somebody has taken it.
    pub tries: u32,
    /// How far it is.
    pub state: TaskState,
}

/// How far a task is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskState {
    /// For somebody to take.
    Waiting {
        /// Not earlier than this.
        not_before: DateTime<Utc>,
        /// How the try before ended, if there was one.
        last: Option<Failure>,
        /// The try that said so; `None` when none did.
        by: Option<AttemptId>,
    },
    /// Somebody works on it.
    Running(Attempt),
    /// Nothing more will happen.
    Finished {
        /// Since when.
        at: DateTime<Utc>,
        /// How it ended.
        end: End,
        /// The try that said so; `None` when none did.
        by: Option<AttemptId>,
    },
}

/// One try of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Which; the protocol's task id.
    pub id: AttemptId,
    /// The instance that has it.
    pub host: HostId,
    /// The credential that it was taken with.
    pub credential: CredentialId,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Until when it is theirs unless they give a sign of life.
    pub lease_until: DateTime<Utc>,
    /// Since when somebody wants it to stop.
    pub stop_asked_at: Option<DateTime<Utc>>,
}

/// How a task ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// It was done; with the answer as the protocol carries it
    /// (`c1.connectorapi.baton.v1.BatonServiceFinishTaskRequest.Success`).
    Succeeded(Vec<u8>),
    /// It was not done, or nobody can tell.
    Failed(Failure),
    /// Somebody wanted it to stop, and it did.
    Cancelled,
}

/// Why a try failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// A gRPC status code.
    pub code: i32,
    /// For people.
    pub message: String,
    /// Whether it is worth another try.
    pub retryable: bool,
}

impl Failure {
    /// The gRPC status code of a deadline that passed.
    const DEADLINE_EXCEEDED: i32 = 4;
    /// The gRPC status code of something that is gone.
    const DATA_LOSS: i32 = 15;
    /// The gRPC status code of credentials that are not accepted.
    const UNAUTHENTICATED: i32 = 16;

    /// Whether the account did not let the connector in.
    pub(crate) fn is_refusal(&self) -> bool {
        self.code == Self::UNAUTHENTICATED
    }

    /// Whether the same may succeed later. What the account does not accept stays refused until a person changes it, and
    /// accounts lock whoever tries too often.
    pub(crate) fn is_worth_another_try(&self) -> bool {
        self.retryable && !self.is_refusal()
    }

    /// Nobody heard of the try again.
    pub(crate) fn lost(host: &HostId, since: DateTime<Utc>) -> Self {
        Self {
            code: Self::DEADLINE_EXCEEDED,
            message: format!(
                "`{host}` took this at {} and was not heard of again",
                since.format("%Y-%m-%d %H:%M:%S UTC")
            ),
            retryable: true,
        }
    }

    /// A sync was said to be done, and its file is not here.
    pub(crate) fn without_file() -> Self {
        Self {
            code: Self::DATA_LOSS,
            message: "the sync was reported as done, but no file of it was handed over".to_owned(),
            retryable: true,
        }
    }

    /// It went on for too long.
    pub(crate) fn too_long(host: &HostId, since: DateTime<Utc>) -> Self {
        Self {
            code: Self::DEADLINE_EXCEEDED,
            message: format!(
                "`{host}` took this at {} and did not end it in the time that there is for it",
                since.format("%Y-%m-%d %H:%M:%S UTC")
            ),
            retryable: true,
        }
    }
}

impl Task {
    /// A task that can be taken at once.
    pub fn new(id: TaskId, connector: ConnectorId, work: Work, now: DateTime<Utc>) -> Self {
        Self {
            id,
            connector,
            work,
            created_at: now,
            tries: 0,
            state: TaskState::Waiting {
                not_before: now,
                last: None,
                by: None,
            },
        }
    }

    /// The try under way, if there is one.
    pub fn attempt(&self) -> Option<&Attempt> {
        match &self.state {
            TaskState::Running(attempt) => Some(attempt),
            _ => None,
        }
    }

    /// Whether nothing more will happen.
    pub fn is_finished(&self) -> bool {
        matches!(self.state, TaskState::Finished { .. })
    }
}
