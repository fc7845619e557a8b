//! `apps`: what access is governed in.

use governance::repository::{RepositoryError, Versioned};
use governance::{App, AppId, AppName, AppSource, AppState, ConnectorId};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::{Row, owners, stored, text};

const UNMANAGED: &str = "unmanaged";
const MANAGED: &str = "managed";

const BY_HAND: &str = "by-hand";
/// `source` of an app that was in a list.
pub(crate) const LIST: &str = "list";
const CONNECTOR: &str = "connector";

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "apps")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) state: String,
    pub(crate) source: String,
    pub(crate) connector_id: Option<String>,
    pub(crate) resource: Option<String>,
    pub(crate) gone_at: Option<i64>,
    pub(crate) owners: String,
    pub(crate) created_at: i64,
    pub(crate) version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The columns of an app, without its version.
pub(crate) fn row(app: &App) -> ActiveModel {
    let (source, connector, resource, gone) = match &app.source {
        AppSource::ByHand => (BY_HAND, None, None, None),
        AppSource::List => (LIST, None, None, None),
        AppSource::Connector {
            connector,
            resource,
            gone_since,
        } => (CONNECTOR, Some(connector), Some(text(resource)), *gone_since),
    };
    ActiveModel {
        id: Set(app.id.to_string()),
        name: Set(text(app.name.as_str())),
        state: Set(match app.state {
            AppState::Unmanaged => UNMANAGED.to_owned(),
            AppState::Managed => MANAGED.to_owned(),
        }),
        source: Set(source.to_owned()),
        connector_id: Set(connector.map(ToString::to_string)),
        resource: Set(resource),
        gone_at: Set(gone.map(stored)),
        owners: Set(owners(&app.owners)),
        created_at: Set(stored(app.created_at)),
        ..Default::default()
    }
}

impl TryFrom<Model> for Versioned<App> {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        let row = Row {
            table: "apps",
            id: &model.id,
        };
        let state = match model.state.as_str() {
            UNMANAGED => Some(AppState::Unmanaged),
            MANAGED => Some(AppState::Managed),
            _ => None,
        };
        let value = App {
            id: row.read("id", AppId::parse(&model.id))?,
            name: row.read("name", AppName::parse(&model.name))?,
            state: row.needed("state", state)?,
            source: source(&row, &model)?,
            owners: row.owners("owners", &model.owners)?,
            created_at: row.time("created_at", model.created_at)?,
        };
        Ok(Self {
            value,
            version: model.version,
        })
    }
}

fn source(row: &Row<'_>, model: &Model) -> Result<AppSource, RepositoryError> {
    let connector = model.connector_id.as_deref().map(ConnectorId::parse).transpose();
    let connector = row.read("connector_id", connector)?;
    let source = match (model.source.as_str(), connector, &model.resource) {
        (BY_HAND, ..) => Some(AppSource::ByHand),
        (LIST, ..) => Some(AppSource::List),
        (CONNECTOR, Some(connector), Some(resource)) => Some(AppSource::Connector {
            connector,
            resource: resource.clone(),
            gone_since: row.maybe_time("gone_at", model.gone_at)?,
        }),
        _ => None,
    };
    row.needed("source", source)
}
