//! Connectors.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use governance::repository::{Connectors, Stored, Versioned, Written};
use governance::{Connector, ConnectorId, ConnectorName, Task};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, TransactionTrait as _,
};

use super::{tasks, up_to, value, values};
use crate::Database;
use crate::entity::connector::{ActiveModel, Column, Entity, row};
use crate::entity::stored;
use crate::errors::failed;

#[async_trait]
impl Connectors for Database {
    async fn connector(&self, id: &ConnectorId) -> Stored<Option<Versioned<Connector>>> {
        let found = Entity::find_by_id(id.as_str()).one(&self.connection).await;
        value(found.map_err(failed)?)
    }

    async fn connector_named(&self, name: &ConnectorName) -> Stored<Option<Versioned<Connector>>> {
        let named = Entity::find().filter(Column::Name.eq(name.as_str()));
        value(named.one(&self.connection).await.map_err(failed)?)
    }

    async fn connectors(&self) -> Stored<Vec<Connector>> {
        let all = Entity::find()
            .order_by_asc(Column::Name)
            .all(&self.connection)
            .await;
        let all: Vec<Versioned<Connector>> = values(all.map_err(failed)?)?;
        Ok(all.into_iter().map(|one| one.value).collect())
    }

    async fn connectors_due(&self, now: DateTime<Utc>, at_most: u64) -> Stored<Vec<Versioned<Connector>>> {
        let due = Entity::find()
            .filter(Column::NextSyncAt.lte(stored(now)))
            .filter(Column::Paused.eq(false))
            .order_by_asc(Column::NextSyncAt)
            .limit(up_to(at_most));
        values(due.all(&self.connection).await.map_err(failed)?)
    }

    async fn replace_connector(&self, changed: &Versioned<Connector>) -> Stored<Written> {
        replace(&self.connection, changed).await.map_err(failed)
    }

    async fn replace_connector_with_task(
        &self,
        changed: &Versioned<Connector>,
        task: &Task,
    ) -> Stored<Written> {
        let transaction = self.connection.begin().await.map_err(failed)?;
        let written = replace(&transaction, changed).await.map_err(failed)?;
        if written == Written::Yes {
            tasks::add(&transaction, task).await.map_err(failed)?;
            transaction.commit().await.map_err(failed)?;
        }
        Ok(written)
    }
}

/// Writes over the version that the change was worked out from.
pub(super) async fn replace(
    connection: &impl ConnectionTrait,
    changed: &Versioned<Connector>,
) -> Result<Written, DbErr> {
    let mut row = ActiveModel {
        version: Set(changed.version + 1),
        ..row(&changed.value)
    };
    let id = std::mem::replace(&mut row.id, NotSet);
    debug_assert!(row.is_changed(), "a change sets columns");
    let update = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(id.unwrap()))
        .filter(Column::Version.eq(changed.version));
    Ok(super::written(update.exec(connection).await?.rows_affected))
}

/// Keeps a connector from being removed until the transaction ends; [`Written::Outdated`] when it was removed before.
pub(super) async fn hold(on: &impl ConnectionTrait, id: &ConnectorId) -> Result<Written, DbErr> {
    let update = Entity::update_many()
        .col_expr(Column::Version, Expr::col(Column::Version))
        .filter(Column::Id.eq(id.as_str()));
    Ok(super::written(update.exec(on).await?.rows_affected))
}
