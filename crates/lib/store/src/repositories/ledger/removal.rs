//! The removal of a connector, with everything that is about it.

use governance::ConnectorId;
use governance::repository::Written;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

use crate::entity::{
    access_token, app, connector, credential, installation, settings, task, task_attempt, upload, worker,
};
use crate::repositories::written;

/// Files are let go of by and by: from now on none of them is kept, the newest neither.
pub(super) async fn remove(on: &impl ConnectionTrait, id: &ConnectorId) -> Result<Written, DbErr> {
    let id = id.as_str();
    let removed = connector::Entity::delete_by_id(id).exec(on).await?;
    if removed.rows_affected == 0 {
        return Ok(Written::Outdated);
    }
    installation::Entity::delete_by_id(id).exec(on).await?;
    settings::Entity::delete_by_id(id).exec(on).await?;
    let tasks = Query::select()
        .column(task::Column::Id)
        .from(task::Entity)
        .and_where(task::Column::ConnectorId.eq(id))
        .to_owned();
    task_attempt::Entity::delete_many()
        .filter(task_attempt::Column::TaskId.in_subquery(tasks))
        .exec(on)
        .await?;
    task::Entity::delete_many()
        .filter(task::Column::ConnectorId.eq(id))
        .exec(on)
        .await?;
    access_token::Entity::delete_many()
        .filter(access_token::Column::ConnectorId.eq(id))
        .exec(on)
        .await?;
    credential::Entity::delete_many()
        .filter(credential::Column::ConnectorId.eq(id))
        .exec(on)
        .await?;
    worker::Entity::delete_many()
        .filter(worker::Column::ConnectorId.eq(id))
        .exec(on)
        .await?;
    upload::Entity::update_many()
        .col_expr(upload::Column::KeepUntil, Expr::value(0_i64))
        .filter(upload::Column::ConnectorId.eq(id))
        .exec(on)
        .await?;
    forget_where_apps_came_from(on, id).await?;
    Ok(written(removed.rows_affected))
}

/// Apps that it found stay, as if somebody had listed them.
async fn forget_where_apps_came_from(on: &impl ConnectionTrait, id: &str) -> Result<(), DbErr> {
    app::Entity::update_many()
        .col_expr(app::Column::Source, Expr::value(app::LIST))
        .col_expr(app::Column::ConnectorId, Expr::value(None::<String>))
        .col_expr(app::Column::Resource, Expr::value(None::<String>))
        .filter(app::Column::ConnectorId.eq(id))
        .exec(on)
        .await
        .map(|_| ())
}
