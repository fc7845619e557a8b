//! The removal of a connector, with everything that is about it.

use governance::ConnectorId;
use governance::repository::Written;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

use crate::entity::access::snapshot;
use crate::entity::{
    access_token, app, connector, connector_log, credential, hosting_lease, installation, nonce, settings,
    task, task_attempt, upload, worker,
};
use crate::repositories::written;

/// Whatever is small goes at once, whatever is large by and by.
pub(super) async fn remove(on: &impl ConnectionTrait, id: &ConnectorId) -> Result<Written, DbErr> {
    let id = id.as_str();
    let removed = connector::Entity::delete_by_id(id).exec(on).await?;
    if removed.rows_affected == 0 {
        return Ok(Written::Outdated);
    }
    hosting_lease::Entity::delete_by_id(id).exec(on).await?;
    installation::Entity::delete_by_id(id).exec(on).await?;
    settings::Entity::delete_by_id(id).exec(on).await?;
    remove_work(on, id).await?;
    remove_keys(on, id).await?;
    worker::Entity::delete_many()
        .filter(worker::Column::ConnectorId.eq(id))
        .exec(on)
        .await?;
    connector_log::Entity::delete_many()
        .filter(connector_log::Column::ConnectorId.eq(id))
        .exec(on)
        .await?;
    let_go_of_what_is_large(on, id).await?;
    forget_where_apps_came_from(on, id).await?;
    Ok(written(removed.rows_affected))
}

async fn remove_work(on: &impl ConnectionTrait, id: &str) -> Result<(), DbErr> {
    let tasks = Query::select()
        .column(task::Column::Id)
        .from(task::Entity)
        .and_where(task::Column::ConnectorId.eq(id))
        .to_owned();
    task_attempt::Entity::delete_many()
        .filter(task_attempt::Column::TaskId.in_subquery(tasks))
        .exec(on)
        .await?;
    let tasks = task::Entity::delete_many().filter(task::Column::ConnectorId.eq(id));
    tasks.exec(on).await.map(|_| ())
}

async fn remove_keys(on: &impl ConnectionTrait, id: &str) -> Result<(), DbErr> {
    access_token::Entity::delete_many()
        .filter(access_token::Column::ConnectorId.eq(id))
        .exec(on)
        .await?;
    let credentials = Query::select()
        .column(credential::Column::Id)
        .from(credential::Entity)
        .and_where(credential::Column::ConnectorId.eq(id))
        .to_owned();
    nonce::Entity::delete_many()
        .filter(nonce::Column::CredentialId.in_subquery(credentials))
        .exec(on)
        .await?;
    let credentials = credential::Entity::delete_many().filter(credential::Column::ConnectorId.eq(id));
    credentials.exec(on).await.map(|_| ())
}

/// Files and snapshots are removed by and by. From now on none of them is kept or seen.
async fn let_go_of_what_is_large(on: &impl ConnectionTrait, id: &str) -> Result<(), DbErr> {
    upload::Entity::update_many()
        .col_expr(upload::Column::KeepUntil, Expr::value(0_i64))
        .filter(upload::Column::ConnectorId.eq(id))
        .exec(on)
        .await?;
    snapshot::Entity::update_many()
        .col_expr(snapshot::Column::State, Expr::value(snapshot::REMOVING))
        .col_expr(snapshot::Column::CurrentOf, Expr::value(None::<String>))
        .filter(snapshot::Column::ConnectorId.eq(id))
        .exec(on)
        .await
        .map(|_| ())
}

/// Apps that it found stay, as if somebody had listed them.
async fn forget_where_apps_came_from(on: &impl ConnectionTrait, id: &str) -> Result<(), DbErr> {
    app::Entity::update_many()
        .col_expr(app::Column::Source, Expr::value(app::LIST))
        .col_expr(app::Column::ConnectorId, Expr::value(None::<String>))
        .col_expr(app::Column::Resource, Expr::value(None::<String>))
        .col_expr(app::Column::GoneAt, Expr::value(None::<i64>))
        .filter(app::Column::ConnectorId.eq(id))
        .exec(on)
        .await
        .map(|_| ())
}
