//! Apps, and where connectors belong.

use async_trait::async_trait;
use governance::repository::{Places, Stored, Versioned};
use governance::{App, AppId, AppName, Checked, ConnectorId, ConnectorSettings, Installation};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::{value, values};
use crate::Database;
use crate::entity::{app, installation, settings, stored, text};
use crate::errors::failed;

#[async_trait]
impl Places for Database {
    async fn app(&self, id: &AppId) -> Stored<Option<Versioned<App>>> {
        let found = app::Entity::find_by_id(id.as_str()).one(&self.connection).await;
        value(found.map_err(failed)?)
    }

    async fn app_named(&self, name: &AppName) -> Stored<Option<Versioned<App>>> {
        let found = app::Entity::find().filter(app::Column::Name.eq(text(name.as_str())));
        value(found.one(&self.connection).await.map_err(failed)?)
    }

    async fn apps(&self) -> Stored<Vec<App>> {
        let all = app::Entity::find().order_by_asc(app::Column::Name);
        let all: Vec<Versioned<App>> = values(all.all(&self.connection).await.map_err(failed)?)?;
        Ok(all.into_iter().map(|one| one.value).collect())
    }

    async fn installation(&self, connector: &ConnectorId) -> Stored<Option<Versioned<Installation>>> {
        let found = installation::Entity::find_by_id(connector.as_str());
        value(found.one(&self.connection).await.map_err(failed)?)
    }

    async fn installations(&self) -> Stored<Vec<Installation>> {
        let all = installation::Entity::find().all(&self.connection).await;
        let all: Vec<Versioned<Installation>> = values(all.map_err(failed)?)?;
        Ok(all.into_iter().map(|one| one.value).collect())
    }

    async fn settings(&self, connector: &ConnectorId) -> Stored<Option<ConnectorSettings>> {
        let found = settings::Entity::find_by_id(connector.as_str());
        value(found.one(&self.connection).await.map_err(failed)?)
    }

    async fn all_settings(&self) -> Stored<Vec<ConnectorSettings>> {
        values(
            settings::Entity::find()
                .all(&self.connection)
                .await
                .map_err(failed)?,
        )
    }

    async fn note_check(&self, connector: &ConnectorId, revision: i64, checked: &Checked) -> Stored<()> {
        let (outcome, words) = settings::outcome(&checked.outcome);
        let update = settings::Entity::update_many()
            .col_expr(settings::Column::CheckedAt, Expr::value(stored(checked.at)))
            .col_expr(settings::Column::CheckedOutcome, Expr::value(outcome))
            .col_expr(settings::Column::CheckedWords, Expr::value(words))
            .filter(settings::Column::ConnectorId.eq(connector.as_str()))
            .filter(settings::Column::Revision.eq(revision));
        update.exec(&self.connection).await.map(|_| ()).map_err(failed)
    }
}
