//! What is written about API keys.

use chrono::{DateTime, Utc};
use governance::repository::Written;
use governance::{ApiKey, ApiKeyId, OperatorId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, UpdateMany};

use crate::entity::api_key::{Column, Entity, row};
use crate::entity::stored;
use crate::repositories::written;

pub(super) async fn add(on: &impl ConnectionTrait, key: &ApiKey) -> Result<Written, DbErr> {
    let added = Entity::insert(row(key)).exec_without_returning(on);
    added.await.map(|_| Written::Yes)
}

pub(super) async fn revoke(
    on: &impl ConnectionTrait,
    id: &ApiKeyId,
    at: DateTime<Utc>,
) -> Result<Written, DbErr> {
    let update = revocation(at).filter(Column::Id.eq(id.as_str()));
    Ok(written(update.exec(on).await?.rows_affected))
}

pub(super) async fn revoke_all_of(
    on: &impl ConnectionTrait,
    operator: &OperatorId,
    at: DateTime<Utc>,
) -> Result<Written, DbErr> {
    let update = revocation(at).filter(Column::OperatorId.eq(operator.as_str()));
    update.exec(on).await.map(|_| Written::Yes)
}

fn revocation(at: DateTime<Utc>) -> UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(stored(at)))
        .filter(Column::RevokedAt.is_null())
}
