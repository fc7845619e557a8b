//! Uploaded files.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use governance::repository::{Stored, Uploads, Written};
use governance::{AttemptId, ConnectorId, TaskId, Upload, UploadId};
use sea_orm::sea_query::{Alias, Expr, ExprTrait as _, Query, SelectStatement, SimpleExpr};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, TransactionTrait as _,
};

use super::{access, up_to, value, values};
use crate::Database;
use crate::entity::upload::{Column, Entity, KEPT, STORING, SYNC, row};
use crate::entity::{connector, stored};
use crate::errors::failed;

#[async_trait]
impl Uploads for Database {
    async fn add_upload(&self, upload: &Upload) -> Stored<()> {
        let added = Entity::insert(row(upload)).exec_without_returning(&self.connection);
        added.await.map(|_| ()).map_err(failed)
    }

    async fn keep_upload(&self, id: &UploadId, at: DateTime<Utc>) -> Stored<()> {
        keep(&self.connection, id, at).await.map(|_| ()).map_err(failed)
    }

    async fn uploads_of(&self, attempt: &AttemptId) -> Stored<Vec<Upload>> {
        let kept = Entity::find()
            .filter(Column::AttemptId.eq(attempt.as_str()))
            .filter(Column::State.eq(KEPT));
        values(kept.all(&self.connection).await.map_err(failed)?)
    }

    async fn upload(&self, id: &UploadId) -> Stored<Option<Upload>> {
        let found = Entity::find_by_id(id.as_str()).filter(Column::State.eq(KEPT));
        value(found.one(&self.connection).await.map_err(failed)?)
    }

    async fn uploads_of_tasks(&self, connector: &ConnectorId, tasks: &[TaskId]) -> Stored<Vec<Upload>> {
        let ids = tasks.iter().map(TaskId::as_str);
        let kept = Entity::find()
            .filter(Column::ConnectorId.eq(connector.as_str()))
            .filter(Column::TaskId.is_in(ids))
            .filter(Column::State.eq(KEPT))
            .order_by_desc(Column::StateSince)
            .order_by_desc(Column::Id);
        values(kept.all(&self.connection).await.map_err(failed)?)
    }

    async fn uploads(&self, connector: &ConnectorId, at_most: u64) -> Stored<Vec<Upload>> {
        let newest = Entity::find()
            .filter(Column::ConnectorId.eq(connector.as_str()))
            .filter(Column::State.eq(KEPT))
            .order_by_desc(Column::StateSince)
            .order_by_desc(Column::Id)
            .limit(up_to(at_most));
        values(newest.all(&self.connection).await.map_err(failed)?)
    }

    async fn uploads_to_remove(
        &self,
        now: DateTime<Utc>,
        interrupted_before: DateTime<Utc>,
        at_most: u64,
    ) -> Stored<Vec<Upload>> {
        let over = Column::State
            .eq(KEPT)
            .and(Column::KeepUntil.lte(stored(now)))
            .and(
                Column::Content
                    .ne(SYNC)
                    .or(Expr::exists(newer_sync()))
                    .or(Expr::exists(its_connector()).not()),
            );
        let interrupted = Column::State
            .eq(STORING)
            .and(Column::StateSince.lt(stored(interrupted_before)));
        let removable = Entity::find()
            .filter(over.or(interrupted))
            .order_by_asc(Column::Id)
            .limit(up_to(at_most));
        values(removable.all(&self.connection).await.map_err(failed)?)
    }

    async fn remove_upload(&self, id: &UploadId) -> Stored<()> {
        let transaction = self.connection.begin().await.map_err(failed)?;
        let removed = Entity::delete_by_id(id.as_str()).exec(&transaction).await;
        removed.map_err(failed)?;
        access::forget_changes(&transaction, id).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)
    }
}

/// Notes that a file is there; [`Written::Outdated`] when nobody knows of it.
pub(super) async fn keep(
    on: &impl ConnectionTrait,
    id: &UploadId,
    at: DateTime<Utc>,
) -> Result<Written, DbErr> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(KEPT))
        .col_expr(Column::StateSince, Expr::value(stored(at)))
        .filter(Column::Id.eq(id.as_str()));
    Ok(super::written(update.exec(on).await?.rows_affected))
}

/// The connector of a file, unless it was removed.
fn its_connector() -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from(connector::Entity)
        .and_where(
            Expr::col((connector::Entity, connector::Column::Id)).equals((Entity, Column::ConnectorId)),
        )
        .to_owned()
}

/// A kept sync of the same connector that came later.
fn newer_sync() -> SelectStatement {
    let newer = Alias::new("newer");
    let its = |column: Column| Expr::col((newer.clone(), column));
    let same = |column: Column| -> SimpleExpr { its(column).equals((Entity, column)) };
    let later = its(Column::StateSince)
        .gt(Expr::col((Entity, Column::StateSince)))
        .or(same(Column::StateSince).and(its(Column::Id).gt(Expr::col((Entity, Column::Id)))));
    Query::select()
        .expr(Expr::val(1))
        .from_as(Entity, newer.clone())
        .and_where(same(Column::ConnectorId))
        .and_where(its(Column::Content).eq(SYNC))
        .and_where(its(Column::State).eq(KEPT))
        .and_where(later)
        .to_owned()
}
