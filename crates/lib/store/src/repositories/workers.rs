//! Instances.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use governance::repository::{Stored, Workers};
use governance::{ConnectorId, HostId, Sign, Worker};
use sea_orm::sea_query::{
    Alias, CaseStatement, Expr, ExprTrait as _, OnConflict, Order, Query, SelectStatement,
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, TransactionTrait as _};

use super::{up_to, value, values};
use crate::Database;
use crate::entity::stored;
use crate::entity::worker::{Column, Entity, row};
use crate::errors::failed;

#[async_trait]
impl Workers for Database {
    async fn hello(&self, worker: &Worker) -> Stored<()> {
        let again = OnConflict::columns([Column::ConnectorId, Column::Host])
            .update_columns([
                Column::Program,
                Column::System,
                Column::ResourceTypes,
                Column::Metadata,
            ])
            .value(Column::LastSeenAt, later_of_both())
            .to_owned();
        let transaction = self.connection.begin().await.map_err(failed)?;
        let insert = Entity::insert(row(worker)).on_conflict(again);
        insert
            .exec_without_returning(&transaction)
            .await
            .map_err(failed)?;
        let superfluous = Entity::delete_many()
            .filter(Column::ConnectorId.eq(worker.connector.as_str()))
            .filter(Column::Host.in_subquery(beyond(&worker.connector, Worker::MOST)));
        superfluous.exec(&transaction).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)
    }

    async fn seen(&self, signs: &[Sign]) -> Stored<()> {
        let transaction = self.connection.begin().await.map_err(failed)?;
        for sign in signs {
            let update = Entity::update_many()
                .col_expr(Column::LastSeenAt, Expr::value(stored(sign.at)))
                .filter(Column::ConnectorId.eq(sign.connector.as_str()))
                .filter(Column::Host.eq(sign.host.as_str()))
                .filter(Column::LastSeenAt.lt(stored(sign.at)));
            update.exec(&transaction).await.map_err(failed)?;
        }
        transaction.commit().await.map_err(failed)
    }

    async fn worker(&self, connector: &ConnectorId, host: &HostId) -> Stored<Option<Worker>> {
        let key = (connector.to_string(), host.to_string());
        let found = Entity::find_by_id(key).one(&self.connection).await;
        value(found.map_err(failed)?)
    }

    async fn workers(&self, connector: &ConnectorId) -> Stored<Vec<Worker>> {
        let all = Entity::find()
            .filter(Column::ConnectorId.eq(connector.as_str()))
            .order_by_desc(Column::LastSeenAt)
            .order_by_asc(Column::Host);
        values(all.all(&self.connection).await.map_err(failed)?)
    }

    async fn forget_workers(&self, not_since: DateTime<Utc>) -> Stored<u64> {
        let forgotten = Entity::delete_many().filter(Column::LastSeenAt.lt(stored(not_since)));
        let forgotten = forgotten.exec(&self.connection).await.map_err(failed)?;
        Ok(forgotten.rows_affected)
    }
}

/// Those that come after so many, the last heard of first.
fn beyond(connector: &ConnectorId, count: u64) -> SelectStatement {
    Query::select()
        .column(Column::Host)
        .from(Entity)
        .and_where(Column::ConnectorId.eq(connector.as_str()))
        .order_by(Column::LastSeenAt, Order::Desc)
        .order_by(Column::Host, Order::Asc)
        // SQLite knows an offset only behind a limit.
        .limit(up_to(u64::MAX))
        .offset(count)
        .to_owned()
}

/// When an instance that says hello again was last heard of: the clocks of those who write it down differ a little.
fn later_of_both() -> CaseStatement {
    let before = || Expr::col((Entity, Column::LastSeenAt));
    let now = || Expr::col((Alias::new("excluded"), Column::LastSeenAt));
    CaseStatement::new()
        .case(now().gt(before()), now())
        .finally(before())
}
