//! `workers`: instances that said hello.

use governance::repository::RepositoryError;
use governance::{ConnectorId, HostId, Worker};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::{Row, stored, text};

/// Between two types in a column; ids have no line feeds.
const BETWEEN: &str = "\n";

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "workers")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) connector_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) host: String,
    pub(crate) first_seen_at: i64,
    pub(crate) last_seen_at: i64,
    pub(crate) program: String,
    pub(crate) system: String,
    pub(crate) resource_types: String,
    pub(crate) metadata: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) fn row(worker: &Worker) -> ActiveModel {
    ActiveModel {
        connector_id: Set(worker.connector.to_string()),
        host: Set(worker.host.to_string()),
        first_seen_at: Set(stored(worker.first_seen_at)),
        last_seen_at: Set(stored(worker.last_seen_at)),
        program: Set(text(&worker.program)),
        system: Set(text(&worker.system)),
        resource_types: Set(text(&worker.resource_types.join(BETWEEN))),
        metadata: Set(worker.metadata.clone()),
    }
}

impl TryFrom<Model> for Worker {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        let row = Row {
            table: "workers",
            id: &model.host,
        };
        let types = model.resource_types.split(BETWEEN).filter(|one| !one.is_empty());
        Ok(Self {
            connector: row.read("connector_id", ConnectorId::parse(&model.connector_id))?,
            host: row.read("host", HostId::parse(&model.host))?,
            first_seen_at: row.time("first_seen_at", model.first_seen_at)?,
            last_seen_at: row.time("last_seen_at", model.last_seen_at)?,
            resource_types: types.map(str::to_owned).collect(),
            program: model.program.clone(),
            system: model.system.clone(),
            metadata: model.metadata.clone(),
        })
    }
}
