//! What is written about passkeys.

use chrono::{DateTime, Utc};
use governance::repository::Written;
use governance::{OperatorId, Passkey, PasskeyId, PasskeyUse};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
};

use crate::entity::{challenge, passkey, sign_in, stored};
use crate::repositories::written;

pub(super) async fn add(on: &impl ConnectionTrait, new: &Passkey) -> Result<Written, DbErr> {
    let added = passkey::Entity::insert(passkey::row(new)).exec_without_returning(on);
    added.await.map(|_| Written::Yes)
}

/// Of two answers with the same count before, one is written.
pub(super) async fn note_use(on: &impl ConnectionTrait, used: &PasskeyUse) -> Result<Written, DbErr> {
    let update = passkey::Entity::update_many()
        .col_expr(passkey::Column::Count, Expr::value(i64::from(used.count)))
        .col_expr(passkey::Column::UsedAt, Expr::value(stored(used.at)))
        .filter(passkey::Column::Id.eq(used.id.as_str()))
        .filter(passkey::Column::Count.eq(i64::from(used.before)));
    Ok(written(update.exec(on).await?.rows_affected))
}

pub(super) async fn remove(on: &impl ConnectionTrait, id: &PasskeyId) -> Result<Written, DbErr> {
    let delete = passkey::Entity::delete_by_id(id.as_str());
    Ok(written(delete.exec(on).await?.rows_affected))
}

pub(super) async fn second_factor_left(on: &impl ConnectionTrait, of: &OperatorId) -> Result<Written, DbErr> {
    let passkeys = passkey::Entity::find().filter(passkey::Column::OperatorId.eq(of.as_str()));
    let codes =
        sign_in::Entity::find_by_id(of.as_str()).filter(sign_in::Column::SecondConfirmedAt.is_not_null());
    Ok(written(passkeys.count(on).await? + codes.count(on).await?))
}

pub(super) async fn use_challenge(
    on: &impl ConnectionTrait,
    answered: &[u8; 32],
    at: DateTime<Utc>,
) -> Result<Written, DbErr> {
    let row = challenge::ActiveModel {
        challenge: Set(answered.to_vec()),
        used_at: Set(stored(at)),
    };
    let inserted = challenge::Entity::insert(row).on_conflict_do_nothing();
    let count = inserted.exec_without_returning(on).await?;
    Ok(written(match count {
        sea_orm::TryInsertResult::Inserted(count) => count,
        sea_orm::TryInsertResult::Empty | sea_orm::TryInsertResult::Conflicted => 0,
    }))
}
