//! What is written about people.

use chrono::{DateTime, Utc};
use governance::repository::{Versioned, Written};
use governance::{Letter, Link, LinkId, Operator, OperatorId, Role, Session, SessionId, SignIn};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
};

use crate::entity::{letter, link, operator, session, sign_in, stored};
use crate::repositories::written;

pub(super) async fn add(on: &impl ConnectionTrait, operator: &Operator) -> Result<Written, DbErr> {
    let row = operator::ActiveModel {
        version: Set(0),
        ..operator::row(operator)
    };
    let added = operator::Entity::insert(row).exec_without_returning(on).await;
    added.map(|_| Written::Yes)
}

pub(super) async fn replace(
    on: &impl ConnectionTrait,
    changed: &Versioned<Operator>,
) -> Result<Written, DbErr> {
    let row = operator::ActiveModel {
        id: NotSet,
        version: Set(changed.version + 1),
        ..operator::row(&changed.value)
    };
    let update = operator::Entity::update_many()
        .set(row)
        .filter(operator::Column::Id.eq(changed.value.id.as_str()))
        .filter(operator::Column::Version.eq(changed.version));
    Ok(written(update.exec(on).await?.rows_affected))
}

pub(super) async fn put_sign_in(on: &impl ConnectionTrait, sign_in: &SignIn) -> Result<Written, DbErr> {
    let again = OnConflict::column(sign_in::Column::OperatorId)
        .update_columns([
            sign_in::Column::Password,
            sign_in::Column::SecondSecret,
            sign_in::Column::SecondLastStep,
            sign_in::Column::SecondRecovery,
            sign_in::Column::SecondConfirmedAt,
            sign_in::Column::Failures,
            sign_in::Column::LockedUntil,
        ])
        .to_owned();
    let put = sign_in::Entity::insert(sign_in::row(sign_in)).on_conflict(again);
    put.exec_without_returning(on).await.map(|_| Written::Yes)
}

pub(super) async fn add_session(on: &impl ConnectionTrait, session: &Session) -> Result<Written, DbErr> {
    let added = session::Entity::insert(session::row(session)).exec_without_returning(on);
    added.await.map(|_| Written::Yes)
}

pub(super) async fn end_session(
    on: &impl ConnectionTrait,
    id: &SessionId,
    at: DateTime<Utc>,
) -> Result<Written, DbErr> {
    let update = session::Entity::update_many()
        .col_expr(session::Column::EndedAt, Expr::value(stored(at)))
        .filter(session::Column::Id.eq(id.as_str()))
        .filter(session::Column::EndedAt.is_null());
    Ok(written(update.exec(on).await?.rows_affected))
}

pub(super) async fn end_sessions_of(
    on: &impl ConnectionTrait,
    operator: &OperatorId,
    except: Option<&SessionId>,
    at: DateTime<Utc>,
) -> Result<Written, DbErr> {
    let mut update = session::Entity::update_many()
        .col_expr(session::Column::EndedAt, Expr::value(stored(at)))
        .filter(session::Column::OperatorId.eq(operator.as_str()))
        .filter(session::Column::EndedAt.is_null());
    if let Some(except) = except {
        update = update.filter(session::Column::Id.ne(except.as_str()));
    }
    update.exec(on).await.map(|_| Written::Yes)
}

pub(super) async fn add_link(on: &impl ConnectionTrait, link: &Link) -> Result<Written, DbErr> {
    let added = link::Entity::insert(link::row(link)).exec_without_returning(on);
    added.await.map(|_| Written::Yes)
}

pub(super) async fn use_link(
    on: &impl ConnectionTrait,
    id: &LinkId,
    at: DateTime<Utc>,
) -> Result<Written, DbErr> {
    let update = link::Entity::update_many()
        .col_expr(link::Column::UsedAt, Expr::value(stored(at)))
        .filter(link::Column::Id.eq(id.as_str()))
        .filter(link::Column::UsedAt.is_null())
        .filter(link::Column::ExpiresAt.gt(stored(at)));
    Ok(written(update.exec(on).await?.rows_affected))
}

pub(super) async fn end_welcomes_of(
    on: &impl ConnectionTrait,
    operator: &OperatorId,
    at: DateTime<Utc>,
) -> Result<Written, DbErr> {
    let update = link::Entity::update_many()
        .col_expr(link::Column::UsedAt, Expr::value(stored(at)))
        .filter(link::Column::Purpose.eq(link::WELCOME))
        .filter(link::Column::OperatorId.eq(operator.as_str()))
        .filter(link::Column::UsedAt.is_null());
    update.exec(on).await.map(|_| Written::Yes)
}

pub(super) async fn end_first_starts(on: &impl ConnectionTrait, at: DateTime<Utc>) -> Result<Written, DbErr> {
    let update = link::Entity::update_many()
        .col_expr(link::Column::UsedAt, Expr::value(stored(at)))
        .filter(link::Column::Purpose.eq(link::FIRST_START))
        .filter(link::Column::UsedAt.is_null());
    update.exec(on).await.map(|_| Written::Yes)
}

pub(super) async fn only_as_first(on: &impl ConnectionTrait) -> Result<Written, DbErr> {
    let count = operator::Entity::find().count(on).await?;
    Ok(if count == 0 {
        Written::Yes
    } else {
        Written::Outdated
    })
}

/// Roles are names with commas between them, and none is a part of another.
pub(super) async fn super_administrator_left(on: &impl ConnectionTrait) -> Result<Written, DbErr> {
    let count = operator::Entity::find()
        .filter(operator::Column::Status.eq(operator::ACTIVE))
        .filter(operator::Column::Roles.contains(Role::SuperAdministrator.as_str()))
        .count(on)
        .await?;
    Ok(written(count))
}

pub(super) async fn add_letter(on: &impl ConnectionTrait, letter: &Letter) -> Result<Written, DbErr> {
    let row = letter::ActiveModel {
        version: Set(0),
        ..letter::row(letter)
    };
    let added = letter::Entity::insert(row).exec_without_returning(on).await;
    added.map(|_| Written::Yes)
}
