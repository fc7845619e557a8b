//! `tasks`: what connectors are asked to do. A state is several columns; those of other states are empty.

use governance::repository::{RepositoryError, Versioned};
use governance::{
    Attempt, AttemptId, ConnectorId, CredentialId, End, Failure, HostId, LockKey, Task, TaskId, TaskKind,
    TaskState, Urgency, Work,
};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::{Row, stored, text, types};

/// `state` of what can be taken.
pub(crate) const WAITING: &str = "waiting";
/// `state` of what somebody works on.
pub(crate) const RUNNING: &str = "running";
/// `state` of what was done.
const SUCCEEDED: &str = "succeeded";
/// `state` of what was not.
const FAILED: &str = "failed";
/// `state` of what was called off.
const CANCELLED: &str = "cancelled";

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tasks")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) connector_id: String,
    pub(crate) kind: String,
    pub(crate) urgency: i16,
    pub(crate) lock_key: Option<String>,
    pub(crate) message: Vec<u8>,
    pub(crate) created_at: i64,
    pub(crate) tries: i64,
    pub(crate) state: String,
    pub(crate) not_before: Option<i64>,
    pub(crate) attempt_id: Option<String>,
    pub(crate) host: Option<String>,
    pub(crate) credential_id: Option<String>,
    pub(crate) since: Option<i64>,
    pub(crate) lease_until: Option<i64>,
    pub(crate) stop_asked_at: Option<i64>,
    pub(crate) ended_at: Option<i64>,
    pub(crate) answer: Option<Vec<u8>>,
    pub(crate) failure_code: Option<i32>,
    pub(crate) failure_message: Option<String>,
    pub(crate) failure_retryable: Option<bool>,
    /// The connector and the lock, while it runs: no two rows have the same.
    pub(crate) held_lock: Option<String>,
    /// The connector and the lock, whether it runs or not.
    pub(crate) wanted_lock: Option<String>,
    /// Which types a sync was asked for.
    pub(crate) read_types: Option<String>,
    pub(crate) version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The columns of a task, without its version.
pub(crate) fn row(task: &Task) -> ActiveModel {
    let lock = task.work.lock.as_ref().map(|lock| text(lock.as_str()));
    let wanted = lock.as_ref().map(|lock| format!("{}/{lock}", task.connector));
    let row = ActiveModel {
        id: Set(task.id.to_string()),
        connector_id: Set(task.connector.to_string()),
        kind: Set(task.work.kind.as_str().to_owned()),
        urgency: Set(task.work.urgency.level()),
        lock_key: Set(lock),
        message: Set(task.work.message.clone()),
        read_types: Set(types(&task.work.types)),
        created_at: Set(stored(task.created_at)),
        tries: Set(task.tries.into()),
        held_lock: Set(wanted.clone().filter(|_| task.attempt().is_some())),
        wanted_lock: Set(wanted),
        ..empty_state()
    };
    match &task.state {
        TaskState::Waiting { not_before, last, by } => {
            waiting(row, stored(*not_before), last.as_ref(), by.as_ref())
        }
        TaskState::Running(attempt) => running(row, attempt),
        TaskState::Finished { at, end, by } => finished(row, stored(*at), end, by.as_ref()),
    }
}

fn empty_state() -> ActiveModel {
    ActiveModel {
        not_before: Set(None),
        attempt_id: Set(None),
        host: Set(None),
        credential_id: Set(None),
        since: Set(None),
        lease_until: Set(None),
        stop_asked_at: Set(None),
        ended_at: Set(None),
        answer: Set(None),
        ..with_failure(<ActiveModel as Default>::default(), None)
    }
}

fn with_failure(row: ActiveModel, failure: Option<&Failure>) -> ActiveModel {
    ActiveModel {
        failure_code: Set(failure.map(|failure| failure.code)),
        failure_message: Set(failure.map(|failure| text(&failure.message))),
        failure_retryable: Set(failure.map(|failure| failure.retryable)),
        ..row
    }
}

fn waiting(row: ActiveModel, not_before: i64, last: Option<&Failure>, by: Option<&AttemptId>) -> ActiveModel {
    ActiveModel {
        state: Set(WAITING.to_owned()),
        not_before: Set(Some(not_before)),
        attempt_id: Set(by.map(ToString::to_string)),
        ..with_failure(row, last)
    }
}

fn running(row: ActiveModel, attempt: &Attempt) -> ActiveModel {
    ActiveModel {
        state: Set(RUNNING.to_owned()),
        attempt_id: Set(Some(attempt.id.to_string())),
        host: Set(Some(attempt.host.to_string())),
        credential_id: Set(Some(attempt.credential.to_string())),
        since: Set(Some(stored(attempt.since))),
        lease_until: Set(Some(stored(attempt.lease_until))),
        stop_asked_at: Set(attempt.stop_asked_at.map(stored)),
        ..row
    }
}

fn finished(row: ActiveModel, at: i64, end: &End, by: Option<&AttemptId>) -> ActiveModel {
    let row = ActiveModel {
        ended_at: Set(Some(at)),
        attempt_id: Set(by.map(ToString::to_string)),
        ..row
    };
    match end {
        End::Succeeded(answer) => ActiveModel {
            state: Set(SUCCEEDED.to_owned()),
            answer: Set(Some(answer.clone())),
            ..row
        },
        End::Failed(failure) => ActiveModel {
            state: Set(FAILED.to_owned()),
            ..with_failure(row, Some(failure))
        },
        End::Cancelled => ActiveModel {
            state: Set(CANCELLED.to_owned()),
            ..row
        },
    }
}

impl TryFrom<Model> for Versioned<Task> {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        let row = Row {
            table: "tasks",
            id: &model.id,
        };
        let work = Work {
            kind: row.needed("kind", TaskKind::parse(&model.kind))?,
            urgency: row.needed("urgency", Urgency::from_level(model.urgency))?,
            lock: model.lock_key.clone().map(LockKey::stored),
            message: model.message.clone(),
            types: row.types("read_types", model.read_types.as_deref())?,
        };
        let value = Task {
            id: row.read("id", TaskId::parse(&model.id))?,
            connector: row.read("connector_id", ConnectorId::parse(&model.connector_id))?,
            created_at: row.time("created_at", model.created_at)?,
            tries: row.read("tries", u32::try_from(model.tries))?,
            state: state(&row, &model)?,
            work,
        };
        Ok(Self {
            value,
            version: model.version,
        })
    }
}

fn state(row: &Row<'_>, model: &Model) -> Result<TaskState, RepositoryError> {
    Ok(match model.state.as_str() {
        WAITING => TaskState::Waiting {
            not_before: row.needed("not_before", row.maybe_time("not_before", model.not_before)?)?,
            last: failure(model),
            by: said_by(row, model)?,
        },
        RUNNING => TaskState::Running(attempt(row, model)?),
        SUCCEEDED | FAILED | CANCELLED => TaskState::Finished {
            at: row.needed("ended_at", row.maybe_time("ended_at", model.ended_at)?)?,
            end: row.needed("state", end(model))?,
            by: said_by(row, model)?,
        },
        _ => return row.needed("state", None),
    })
}

fn said_by(row: &Row<'_>, model: &Model) -> Result<Option<AttemptId>, RepositoryError> {
    row.read(
        "attempt_id",
        model.attempt_id.as_deref().map(AttemptId::parse).transpose(),
    )
}

fn attempt(row: &Row<'_>, model: &Model) -> Result<Attempt, RepositoryError> {
    let text = |column, value: &Option<String>| row.needed(column, value.clone());
    let time = |column, value| row.needed(column, row.maybe_time(column, value)?);
    Ok(Attempt {
        id: row.read(
            "attempt_id",
            AttemptId::parse(&text("attempt_id", &model.attempt_id)?),
        )?,
        host: row.read("host", HostId::parse(&text("host", &model.host)?))?,
        credential: row.read(
            "credential_id",
            CredentialId::parse(&text("credential_id", &model.credential_id)?),
        )?,
        since: time("since", model.since)?,
        lease_until: time("lease_until", model.lease_until)?,
        stop_asked_at: row.maybe_time("stop_asked_at", model.stop_asked_at)?,
    })
}

fn end(model: &Model) -> Option<End> {
    match model.state.as_str() {
        SUCCEEDED => model.answer.clone().map(End::Succeeded),
        FAILED => failure(model).map(End::Failed),
        CANCELLED => Some(End::Cancelled),
        _ => None,
    }
}

fn failure(model: &Model) -> Option<Failure> {
    Some(Failure {
        code: model.failure_code?,
        message: model.failure_message.clone()?,
        retryable: model.failure_retryable?,
    })
}
