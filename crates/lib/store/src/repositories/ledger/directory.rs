//! What is written about directories.

use governance::repository::{Versioned, Written};
use governance::{Group, GroupId, Provisioning};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

use crate::entity::{group, provisioning};
use crate::repositories::written;

pub(super) async fn save(
    on: &impl ConnectionTrait,
    changed: &Versioned<Provisioning>,
) -> Result<Written, DbErr> {
    let row = provisioning::ActiveModel {
        version: Set(changed.version + 1),
        ..provisioning::row(&changed.value)
    };
    let update = provisioning::Entity::update_many()
        .set(row)
        .filter(provisioning::Column::Id.eq(provisioning::ONLY))
        .filter(provisioning::Column::Version.eq(changed.version));
    Ok(written(update.exec(on).await?.rows_affected))
}

pub(super) async fn add(on: &impl ConnectionTrait, group: &Group) -> Result<Written, DbErr> {
    let row = group::ActiveModel {
        version: Set(0),
        ..group::row(group)
    };
    let added = group::Entity::insert(row).exec_without_returning(on).await;
    added.map(|_| Written::Yes)
}

pub(super) async fn replace(on: &impl ConnectionTrait, changed: &Versioned<Group>) -> Result<Written, DbErr> {
    let row = group::ActiveModel {
        id: NotSet,
        version: Set(changed.version + 1),
        ..group::row(&changed.value)
    };
    let update = group::Entity::update_many()
        .set(row)
        .filter(group::Column::Id.eq(changed.value.id.as_str()))
        .filter(group::Column::Version.eq(changed.version));
    Ok(written(update.exec(on).await?.rows_affected))
}

pub(super) async fn remove(on: &impl ConnectionTrait, id: &GroupId) -> Result<Written, DbErr> {
    let removed = group::Entity::delete_by_id(id.as_str()).exec(on).await?;
    Ok(written(removed.rows_affected))
}
