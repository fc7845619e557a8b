//! `connectors`: those that somebody added.

use std::time::Duration;

use governance::repository::{RepositoryError, Versioned};
use governance::{Connector, ConnectorId, ConnectorName, CronTimes, Schedule};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::{Row, stored};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "connectors")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) created_at: i64,
    pub(crate) sync_every_seconds: Option<i64>,
    pub(crate) next_sync_at: Option<i64>,
    pub(crate) paused: bool,
    pub(crate) cron: Option<String>,
    pub(crate) zone: Option<String>,
    pub(crate) version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The columns of a connector, without its version.
pub(crate) fn row(connector: &Connector) -> ActiveModel {
    let seconds = |every: &Duration| i64::try_from(every.as_secs()).unwrap_or(i64::MAX);
    let (every, times) = match &connector.schedule {
        Schedule::Never => (None, None),
        Schedule::Every(every) => (Some(seconds(every)), None),
        Schedule::At(times) => (None, Some(times)),
    };
    ActiveModel {
        id: Set(connector.id.to_string()),
        name: Set(connector.name.to_string()),
        created_at: Set(stored(connector.created_at)),
        sync_every_seconds: Set(every),
        cron: Set(times.map(|times| times.expression().to_owned())),
        zone: Set(times.map(|times| times.zone().to_owned())),
        next_sync_at: Set(connector.next_sync_at.map(stored)),
        paused: Set(connector.paused),
        ..Default::default()
    }
}

impl TryFrom<Model> for Versioned<Connector> {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        let row = Row {
            table: "connectors",
            id: &model.id,
        };
        let every = model.sync_every_seconds.map(u64::try_from).transpose();
        let every = row.read("sync_every_seconds", every)?.map(Duration::from_secs);
        let schedule = match (every, &model.cron) {
            (Some(every), _) => Schedule::Every(every),
            (None, Some(cron)) => {
                let times = CronTimes::parse(cron, model.zone.as_deref().unwrap_or_default());
                Schedule::At(row.read("cron", times)?)
            }
            (None, None) => Schedule::Never,
        };
        let value = Connector {
            id: row.read("id", ConnectorId::parse(&model.id))?,
            name: row.read("name", ConnectorName::parse(&model.name))?,
            created_at: row.time("created_at", model.created_at)?,
            schedule,
            next_sync_at: row.maybe_time("next_sync_at", model.next_sync_at)?,
            paused: model.paused,
        };
        Ok(Self {
            value,
            version: model.version,
        })
    }
}
