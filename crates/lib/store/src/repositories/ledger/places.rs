//! What is written about apps, and where connectors belong.

use governance::repository::{Versioned, Written};
use governance::{App, Connector, ConnectorSettings, Installation};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

use crate::entity::{app, connector, installation, settings};
use crate::repositories::written;

pub(super) async fn add_app(on: &impl ConnectionTrait, app: &App) -> Result<Written, DbErr> {
    let row = app::ActiveModel {
        version: Set(0),
        ..app::row(app)
    };
    let added = app::Entity::insert(row).exec_without_returning(on).await;
    added.map(|_| Written::Yes)
}

pub(super) async fn replace_app(
    on: &impl ConnectionTrait,
    changed: &Versioned<App>,
) -> Result<Written, DbErr> {
    let row = app::ActiveModel {
        id: NotSet,
        version: Set(changed.version + 1),
        ..app::row(&changed.value)
    };
    let update = app::Entity::update_many()
        .set(row)
        .filter(app::Column::Id.eq(changed.value.id.as_str()))
        .filter(app::Column::Version.eq(changed.version));
    Ok(written(update.exec(on).await?.rows_affected))
}

pub(super) async fn add(
    on: &impl ConnectionTrait,
    connector: &Connector,
    installation: &Installation,
) -> Result<Written, DbErr> {
    let row = connector::ActiveModel {
        version: Set(0),
        ..connector::row(connector)
    };
    connector::Entity::insert(row).exec_without_returning(on).await?;
    let row = installation::ActiveModel {
        version: Set(0),
        ..installation::row(installation)
    };
    let added = installation::Entity::insert(row).exec_without_returning(on).await;
    added.map(|_| Written::Yes)
}

pub(super) async fn replace_installation(
    on: &impl ConnectionTrait,
    changed: &Versioned<Installation>,
) -> Result<Written, DbErr> {
    let row = installation::ActiveModel {
        connector_id: NotSet,
        version: Set(changed.version + 1),
        ..installation::row(&changed.value)
    };
    let update = installation::Entity::update_many()
        .set(row)
        .filter(installation::Column::ConnectorId.eq(changed.value.connector.as_str()))
        .filter(installation::Column::Version.eq(changed.version));
    Ok(written(update.exec(on).await?.rows_affected))
}

/// The first settings are inserted; later ones are written over the revision before them.
pub(super) async fn save_settings(
    on: &impl ConnectionTrait,
    saved: &ConnectorSettings,
) -> Result<Written, DbErr> {
    let row = settings::row(saved);
    if saved.revision == 1 {
        let inserted = settings::Entity::insert(row).on_conflict_do_nothing();
        let count = inserted.exec_without_returning(on).await?;
        return Ok(written(match count {
            sea_orm::TryInsertResult::Inserted(count) => count,
            sea_orm::TryInsertResult::Empty | sea_orm::TryInsertResult::Conflicted => 0,
        }));
    }
    let row = settings::ActiveModel {
        connector_id: NotSet,
        ..row
    };
    let update = settings::Entity::update_many()
        .set(row)
        .filter(settings::Column::ConnectorId.eq(saved.connector.as_str()))
        .filter(settings::Column::Revision.eq(saved.revision - 1));
    Ok(written(update.exec(on).await?.rows_affected))
}
