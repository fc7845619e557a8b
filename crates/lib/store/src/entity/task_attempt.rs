//! `task_attempts`: every try that there ever was, so that whoever had a task once can be told so.

use chrono::{DateTime, Utc};
use governance::repository::RepositoryError;
use governance::{Attempt, AttemptId, Task};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::{Row, stored};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "task_attempts")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) task_id: String,
    pub(crate) number: i64,
    pub(crate) host: String,
    pub(crate) credential_id: String,
    pub(crate) since: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) fn row(task: &Task, attempt: &Attempt) -> ActiveModel {
    ActiveModel {
        id: Set(attempt.id.to_string()),
        task_id: Set(task.id.to_string()),
        number: Set(task.tries.into()),
        host: Set(attempt.host.to_string()),
        credential_id: Set(attempt.credential.to_string()),
        since: Set(stored(attempt.since)),
    }
}

impl Model {
    /// Which try it is, and when it began.
    pub(crate) fn begun(&self) -> Result<(AttemptId, DateTime<Utc>), RepositoryError> {
        let row = Row {
            table: "task_attempts",
            id: &self.id,
        };
        let id = row.read("id", AttemptId::parse(&self.id))?;
        Ok((id, row.time("since", self.since)?))
    }
}
