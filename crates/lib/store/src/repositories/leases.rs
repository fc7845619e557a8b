//! Leases of connectors that run beside a service.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use governance::repository::{Leases, Stored, Written};
use governance::{ConnectorId, ServiceId};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, TransactionTrait as _,
};

use crate::Database;
use crate::entity::hosting_lease::{ActiveModel, Column, Entity};
use crate::entity::stored;
use crate::errors::failed;

#[async_trait]
impl Leases for Database {
    async fn hold_leases(
        &self,
        service: &ServiceId,
        connectors: &[ConnectorId],
        (now, until): (DateTime<Utc>, DateTime<Utc>),
    ) -> Stored<Vec<ConnectorId>> {
        let mut held = Vec::new();
        // In one transaction, which the disk has to take once; in one order, so that no two wait for each other.
        let transaction = self.connection.begin().await.map_err(failed)?;
        let mut connectors: Vec<&ConnectorId> = connectors.iter().collect();
        connectors.sort();
        for connector in connectors {
            let row = ActiveModel {
                connector_id: Set(connector.to_string()),
                service_id: Set(service.to_string()),
                ends_at: Set(stored(until)),
            };
            // In one statement, so that of many who want it one has it.
            let free = Expr::col((Entity, Column::ServiceId))
                .eq(service.as_str())
                .or(Expr::col((Entity, Column::EndsAt)).lte(stored(now)));
            let take = OnConflict::column(Column::ConnectorId)
                .update_columns([Column::ServiceId, Column::EndsAt])
                .action_and_where(free)
                .to_owned();
            let taken = Entity::insert(row).on_conflict(take);
            let taken = taken.exec_without_returning(&transaction).await;
            if super::rows(taken).map_err(failed)? > 0 {
                held.push(connector.clone());
            }
        }
        transaction.commit().await.map_err(failed)?;
        Ok(held)
    }

    async fn let_leases_go(&self, service: &ServiceId) -> Stored<()> {
        let gone = Entity::delete_many().filter(Column::ServiceId.eq(service.as_str()));
        gone.exec(&self.connection).await.map(|_| ()).map_err(failed)
    }
}

/// Whether a service holds a lease; whoever would take it waits until this transaction is over.
pub(super) async fn holds(
    on: &impl ConnectionTrait,
    connector: &ConnectorId,
    service: &ServiceId,
    now: DateTime<Utc>,
) -> Result<Written, DbErr> {
    let update = Entity::update_many()
        .col_expr(Column::ServiceId, Expr::value(service.as_str()))
        .filter(Column::ConnectorId.eq(connector.as_str()))
        .filter(Column::ServiceId.eq(service.as_str()))
        .filter(Column::EndsAt.gt(stored(now)));
    Ok(super::written(update.exec(on).await?.rows_affected))
}
