//! `connector_log`: what connectors that run beside the service write into their logs.

use governance::repository::RepositoryError;
use governance::{AttemptId, ConnectorId, LogEntry, LogId, LogLevel, LogLine};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;

use super::{Row, stored, text};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "connector_log")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) connector_id: String,
    pub(crate) attempt_id: Option<String>,
    pub(crate) at: i64,
    pub(crate) level: i16,
    pub(crate) message: String,
    pub(crate) fields: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A level as it is stored: the more it matters the higher, with room between for levels to come.
pub(crate) fn number(level: LogLevel) -> i16 {
    match level {
        LogLevel::Debug => 10,
        LogLevel::Info => 20,
        LogLevel::Warn => 30,
        LogLevel::Error => 40,
    }
}

pub(crate) fn row(line: &LogLine) -> Result<ActiveModel, RepositoryError> {
    let fields = serde_json::to_string(&line.fields).map_err(|error| RepositoryError::Impossible {
        what: format!("the fields of a line: {error}"),
    })?;
    Ok(ActiveModel {
        id: NotSet,
        connector_id: Set(line.connector.to_string()),
        attempt_id: Set(line.attempt.as_ref().map(ToString::to_string)),
        at: Set(stored(line.at)),
        level: Set(number(line.level)),
        message: Set(text(&line.message)),
        fields: Set(fields),
    })
}

impl TryFrom<Model> for LogEntry {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        let id = model.id.to_string();
        let row = Row {
            table: "connector_log",
            id: &id,
        };
        let attempt = model.attempt_id.as_deref().map(AttemptId::parse).transpose();
        let level = LogLevel::ALL
            .into_iter()
            .find(|level| number(*level) == model.level);
        Ok(Self {
            id: LogId::new(model.id),
            line: LogLine {
                connector: row.read("connector_id", ConnectorId::parse(&model.connector_id))?,
                attempt: row.read("attempt_id", attempt)?,
                at: row.time("at", model.at)?,
                level: row.needed("level", level)?,
                fields: row.read("fields", serde_json::from_str(&model.fields))?,
                message: model.message,
            },
        })
    }
}
