//! What is written about signing in with a provider.

use governance::repository::Written;
use governance::{Identity, SingleSignOn};
use sea_orm::ActiveValue::NotSet;
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

use crate::entity::{identity, single_sign_on};
use crate::repositories::written;

/// The first is inserted; later ones are written over the revision before them.
pub(super) async fn save(on: &impl ConnectionTrait, saved: &SingleSignOn) -> Result<Written, DbErr> {
    let row = single_sign_on::row(saved);
    if saved.revision == 1 {
        let inserted = single_sign_on::Entity::insert(row).on_conflict_do_nothing();
        let count = inserted.exec_without_returning(on).await?;
        return Ok(written(match count {
            sea_orm::TryInsertResult::Inserted(count) => count,
            sea_orm::TryInsertResult::Empty | sea_orm::TryInsertResult::Conflicted => 0,
        }));
    }
    let row = single_sign_on::ActiveModel { id: NotSet, ..row };
    let update = single_sign_on::Entity::update_many()
        .set(row)
        .filter(single_sign_on::Column::Revision.eq(saved.revision - 1));
    Ok(written(update.exec(on).await?.rows_affected))
}

pub(super) async fn remove(on: &impl ConnectionTrait, revision: i64) -> Result<Written, DbErr> {
    let delete = single_sign_on::Entity::delete_many().filter(single_sign_on::Column::Revision.eq(revision));
    Ok(written(delete.exec(on).await?.rows_affected))
}

pub(super) async fn add_identity(on: &impl ConnectionTrait, new: &Identity) -> Result<Written, DbErr> {
    let added = identity::Entity::insert(identity::row(new)).exec_without_returning(on);
    added.await.map(|_| Written::Yes)
}

pub(super) async fn remove_identity(on: &impl ConnectionTrait, one: &Identity) -> Result<Written, DbErr> {
    let delete = identity::Entity::delete_many()
        .filter(identity::Column::Issuer.eq(&*one.issuer))
        .filter(identity::Column::Subject.eq(&*one.subject))
        .filter(identity::Column::OperatorId.eq(one.operator.as_str()));
    Ok(written(delete.exec(on).await?.rows_affected))
}
