//! Tasks.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use governance::repository::{Stored, Tasks, Versioned, Written};
use governance::{AttemptId, ConnectorId, Task, TaskId, TaskKind};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::{Alias, Expr, ExprTrait as _, OnConflict, Query, SelectStatement};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select, TransactionTrait as _,
};

use super::{up_to, value, values};
use crate::Database;
use crate::entity::task::{ActiveModel, Column, Entity, RUNNING, WAITING, row};
use crate::entity::{connector, stored, task_attempt};
use crate::errors::{failed, is_taken};

#[async_trait]
impl Tasks for Database {
    async fn add_task(&self, task: &Task) -> Stored<()> {
        add(&self.connection, task).await.map_err(failed)
    }

    async fn task(&self, id: &TaskId) -> Stored<Option<Versioned<Task>>> {
        let found = Entity::find_by_id(id.as_str()).one(&self.connection).await;
        value(found.map_err(failed)?)
    }

    async fn task_of(&self, attempt: &AttemptId) -> Stored<Option<Versioned<Task>>> {
        let task = Query::select()
            .column(task_attempt::Column::TaskId)
            .from(task_attempt::Entity)
            .and_where(task_attempt::Column::Id.eq(attempt.as_str()))
            .to_owned();
        let found = Entity::find().filter(Column::Id.in_subquery(task));
        value(found.one(&self.connection).await.map_err(failed)?)
    }

    async fn tries_begun(&self, tries: &[AttemptId]) -> Stored<Vec<(AttemptId, DateTime<Utc>)>> {
        let ids = tries.iter().map(AttemptId::as_str);
        let found = task_attempt::Entity::find().filter(task_attempt::Column::Id.is_in(ids));
        let found = found.all(&self.connection).await.map_err(failed)?;
        found.iter().map(task_attempt::Model::begun).collect()
    }

    async fn tasks_ready(
        &self,
        connector: &ConnectorId,
        now: DateTime<Utc>,
        at_most: u64,
    ) -> Stored<Vec<Versioned<Task>>> {
        let ready = ready(connector, now, at_most);
        values(ready.all(&self.connection).await.map_err(failed)?)
    }

    async fn replace_task(&self, changed: &Versioned<Task>) -> Stored<Written> {
        let transaction = self.connection.begin().await.map_err(failed)?;
        let written = replace_or_outdated(&transaction, changed).await?;
        if written == Written::Yes {
            transaction.commit().await.map_err(failed)?;
        }
        Ok(written)
    }

    async fn tasks_expired(&self, now: DateTime<Utc>, at_most: u64) -> Stored<Vec<Versioned<Task>>> {
        let expired = Entity::find()
            .filter(Column::State.eq(RUNNING))
            .filter(Column::LeaseUntil.lte(stored(now)))
            .order_by_asc(Column::LeaseUntil)
            .limit(up_to(at_most));
        values(expired.all(&self.connection).await.map_err(failed)?)
    }

    async fn tasks(
        &self,
        connector: &ConnectorId,
        kind: Option<TaskKind>,
        at_most: u64,
    ) -> Stored<Vec<Task>> {
        let newest = Entity::find()
            .filter(Column::ConnectorId.eq(connector.as_str()))
            .filter(sea_orm::Condition::all().add_option(kind.map(|kind| Column::Kind.eq(kind.as_str()))))
            .order_by_desc(Column::CreatedAt)
            .order_by_desc(Column::Id)
            .limit(up_to(at_most));
        let newest: Vec<Versioned<Task>> = values(newest.all(&self.connection).await.map_err(failed)?)?;
        Ok(newest.into_iter().map(|one| one.value).collect())
    }
}

/// Writes a change, in a transaction that is given up when it is outdated.
pub(super) async fn replace_or_outdated(
    on: &impl ConnectionTrait,
    changed: &Versioned<Task>,
) -> Stored<Written> {
    match replace(on, changed).await {
        // Another task has taken the lock in the meantime.
        Err(error) if is_taken(&error) => Ok(Written::Outdated),
        written => written.map_err(failed),
    }
}

/// What can be given to a connector now, in one statement: it is asked for with every poll.
pub(crate) fn ready(connector: &ConnectorId, now: DateTime<Utc>, at_most: u64) -> Select<Entity> {
    Entity::find()
        .filter(Column::ConnectorId.eq(connector.as_str()))
        .filter(Column::State.eq(WAITING))
        .filter(Column::NotBefore.lte(stored(now)))
        .filter(Expr::exists(paused(connector)).not())
        .filter(
            Column::WantedLock
                .is_null()
                .or(Expr::exists(holder_of_wanted_lock()).not()),
        )
        .order_by_desc(Column::Urgency)
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .limit(up_to(at_most))
}

fn paused(connector: &ConnectorId) -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from(connector::Entity)
        .and_where(connector::Column::Id.eq(connector.as_str()))
        .and_where(connector::Column::Paused.eq(true))
        .to_owned()
}

fn holder_of_wanted_lock() -> SelectStatement {
    let other = Alias::new("other");
    Query::select()
        .expr(Expr::val(1))
        .from_as(Entity, other.clone())
        .and_where(Expr::col((other, Column::HeldLock)).equals((Entity, Column::WantedLock)))
        .to_owned()
}

pub(super) async fn add(connection: &impl ConnectionTrait, task: &Task) -> Result<(), DbErr> {
    let row = ActiveModel {
        version: Set(0),
        ..row(task)
    };
    Entity::insert(row)
        .exec_without_returning(connection)
        .await
        .map(|_| ())
}

/// Writes over the version that the change was worked out from, and remembers a new try.
async fn replace(connection: &impl ConnectionTrait, changed: &Versioned<Task>) -> Result<Written, DbErr> {
    let mut row = ActiveModel {
        version: Set(changed.version + 1),
        ..row(&changed.value)
    };
    row.id = NotSet;
    let update = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(changed.value.id.as_str()))
        .filter(Column::Version.eq(changed.version));
    if update.exec(connection).await?.rows_affected == 0 {
        return Ok(Written::Outdated);
    }
    if let Some(attempt) = changed.value.attempt() {
        let known = OnConflict::column(task_attempt::Column::Id)
            .do_nothing()
            .to_owned();
        let insert =
            task_attempt::Entity::insert(task_attempt::row(&changed.value, attempt)).on_conflict(known);
        super::rows(insert.exec_without_returning(connection).await)?;
    }
    Ok(Written::Yes)
}

#[cfg(test)]
mod tests {
    use sea_orm::{DbBackend, QueryTrait as _, Statement};

    use super::*;

    /// Each poll of each instance asks this, so it may not look at every task that there ever was.
    #[tokio::test]
    async fn what_is_ready_is_found_by_its_index() {
        let database = Database::in_memory().await.unwrap();
        let now = DateTime::from_timestamp(1_795_444_777, 0).unwrap();
        let id = ConnectorId::new(now, [1; 16]);
        let mut query = ready(&id, now, 5).build(DbBackend::Sqlite);
        query.sql.insert_str(0, "EXPLAIN QUERY PLAN ");
        let plan = plan(&database, query).await;
        assert!(plan.iter().all(|step| !step.starts_with("SCAN")), "{plan:#?}");
        insta::assert_snapshot!(plan.join("\n"), @"
        SEARCH tasks USING INDEX tasks_ready (connector_id=? AND state=? AND not_before<?)
        SCALAR SUBQUERY 1
        SEARCH connectors USING INDEX sqlite_autoindex_connectors_1 (id=?)
        CORRELATED SCALAR SUBQUERY 2
        SEARCH other USING COVERING INDEX sqlite_autoindex_tasks_2 (held_lock=?)
        USE TEMP B-TREE FOR ORDER BY
        ");
    }

    async fn plan(database: &Database, query: Statement) -> Vec<String> {
        let rows = database.connection.query_all_raw(query).await.unwrap();
        let step = |row: sea_orm::QueryResult| row.try_get::<String>("", "detail").unwrap();
        rows.into_iter().map(step).collect()
    }
}
