//! Logs of connectors.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use governance::repository::{Logs, Stored};
use governance::{ConnectorId, LogEntry, LogLine, LogPage, LogQuery, TaskId};
use sea_orm::sea_query::{Condition, Expr, ExprTrait as _, Func, Query, SelectStatement};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, Order, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select, TransactionTrait as _,
};

use super::{anywhere, up_to, values};
use crate::Database;
use crate::entity::connector_log::{ActiveModel, Column, Entity, number, row};
use crate::entity::{stored, task_attempt, text};
use crate::errors::failed;

/// How many rows are inserted with one statement: no database takes any number of values.
const AT_ONCE: usize = 500;

#[async_trait]
impl Logs for Database {
    async fn add_log(&self, lines: &[LogLine]) -> Stored<()> {
        let rows = lines.iter().map(row).collect::<Stored<Vec<ActiveModel>>>()?;
        let transaction = self.connection.begin().await.map_err(failed)?;
        for portion in rows.chunks(AT_ONCE) {
            let insert = Entity::insert_many(portion.iter().cloned());
            insert
                .exec_without_returning(&transaction)
                .await
                .map_err(failed)?;
        }
        transaction.commit().await.map_err(failed)
    }

    async fn log(&self, query: &LogQuery, page: LogPage, at_most: u64) -> Stored<Vec<LogEntry>> {
        let wanted = matching(query);
        let wanted = match page {
            LogPage::Newest => wanted.order_by_desc(Column::Id),
            LogPage::Before(id) => wanted
                .filter(Column::Id.lt(id.number()))
                .order_by_desc(Column::Id),
            LogPage::After(id) => wanted.filter(Column::Id.gt(id.number())).order_by_asc(Column::Id),
        };
        let found = wanted.limit(up_to(at_most)).all(&self.connection).await;
        values(found.map_err(failed)?)
    }

    async fn forget_log_before(&self, then: DateTime<Utc>, at_most: u64) -> Stored<u64> {
        let old = lines()
            .and_where(Column::At.lt(stored(then)))
            .order_by(Column::At, Order::Asc)
            .limit(up_to(at_most))
            .to_owned();
        forget(&self.connection, old).await
    }

    async fn forget_log_beyond(&self, connector: &ConnectorId, keep: u64, at_most: u64) -> Stored<u64> {
        let its = Column::ConnectorId.eq(connector.as_str());
        let first = Entity::find()
            .filter(its.clone())
            .order_by_desc(Column::Id)
            .offset(up_to(keep))
            .limit(1);
        let Some(first) = first.one(&self.connection).await.map_err(failed)? else {
            return Ok(0);
        };
        let old = lines()
            .and_where(its)
            .and_where(Column::Id.lte(first.id))
            .order_by(Column::Id, Order::Asc)
            .limit(up_to(at_most))
            .to_owned();
        forget(&self.connection, old).await
    }
}

fn matching(query: &LogQuery) -> Select<Entity> {
    let mut wanted = Entity::find()
        .filter(Column::ConnectorId.eq(query.connector.as_str()))
        .filter(Column::Level.gte(number(query.least)));
    if let Some(task) = &query.task {
        wanted = wanted.filter(Column::AttemptId.in_subquery(tries_of(task)));
    }
    if !query.text.is_empty() {
        wanted = wanted.filter(holding(&text(&query.text)));
    }
    wanted
}

fn tries_of(task: &TaskId) -> SelectStatement {
    Query::select()
        .column(task_attempt::Column::Id)
        .from(task_attempt::Entity)
        .and_where(task_attempt::Column::TaskId.eq(task.as_str()))
        .to_owned()
}

/// Lines with a text in them. One of the databases knows the small letters of ASCII only.
fn holding(needle: &str) -> Condition {
    let small = needle.to_lowercase();
    let of_ascii = Some(needle.to_ascii_lowercase()).filter(|of_ascii| *of_ascii != small);
    let mut any = Condition::any();
    for needle in [Some(small), of_ascii].into_iter().flatten() {
        for column in [Column::Message, Column::Fields] {
            let written = Expr::expr(Func::lower(Expr::col((Entity, column))));
            any = any.add(written.like(anywhere(&needle)));
        }
    }
    any
}

fn lines() -> SelectStatement {
    Query::select().column(Column::Id).from(Entity).to_owned()
}

async fn forget(connection: &impl ConnectionTrait, which: SelectStatement) -> Stored<u64> {
    let delete = Entity::delete_many().filter(Column::Id.in_subquery(which));
    let deleted = delete.exec(connection).await.map_err(failed)?;
    Ok(deleted.rows_affected)
}
