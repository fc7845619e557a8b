//! `installations`: where connectors belong.

use governance::repository::{RepositoryError, Versioned};
use governance::{
    AppId, ConnectorId, ConnectorKind, Held, Hosting, Installation, OperatorId, TaskId, UploadId, WaitingFor,
};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::{Row, owners, stored, text, types};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "installations")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) connector_id: String,
    pub(crate) kind: String,
    pub(crate) hosting: String,
    pub(crate) app_id: Option<String>,
    pub(crate) owners: String,
    pub(crate) waiting_for: Option<String>,
    pub(crate) waiting_since: Option<i64>,
    pub(crate) asked_at: Option<i64>,
    pub(crate) guard_percent: Option<i64>,
    pub(crate) held_upload: Option<String>,
    pub(crate) held_since: Option<i64>,
    pub(crate) held_why: Option<String>,
    pub(crate) failures: i64,
    pub(crate) counted: Option<String>,
    pub(crate) settled: Option<String>,
    pub(crate) read_types: Option<String>,
    pub(crate) version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The columns of an installation, without its version.
pub(crate) fn row(installation: &Installation) -> ActiveModel {
    let waiting = installation.waiting_for.as_ref();
    let held = installation.held.as_ref();
    ActiveModel {
        connector_id: Set(installation.connector.to_string()),
        kind: Set(installation.kind.as_str().to_owned()),
        hosting: Set(installation.hosting.as_str().to_owned()),
        app_id: Set(installation.app.as_ref().map(ToString::to_string)),
        owners: Set(owners(&installation.owners)),
        waiting_for: Set(waiting.map(|waiting| waiting.operator.to_string())),
        waiting_since: Set(waiting.map(|waiting| stored(waiting.since))),
        asked_at: Set(waiting.map(|waiting| stored(waiting.asked_at))),
        guard_percent: Set(installation.guard.map(i64::from)),
        held_upload: Set(held.map(|held| held.upload.to_string())),
        held_since: Set(held.map(|held| stored(held.since))),
        held_why: Set(held.map(|held| text(&held.why))),
        failures: Set(installation.failures.into()),
        counted: Set(installation.counted.as_ref().map(ToString::to_string)),
        settled: Set(installation.settled.as_ref().map(ToString::to_string)),
        read_types: Set(types(&installation.types)),
        ..Default::default()
    }
}

impl TryFrom<Model> for Versioned<Installation> {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        let row = Row {
            table: "installations",
            id: &model.connector_id,
        };
        let app = model.app_id.as_deref().map(AppId::parse).transpose();
        let counted = model.counted.as_deref().map(TaskId::parse).transpose();
        let settled = model.settled.as_deref().map(UploadId::parse).transpose();
        let guard = model.guard_percent.map(u8::try_from).transpose();
        let value = Installation {
            connector: row.read("connector_id", ConnectorId::parse(&model.connector_id))?,
            kind: row.needed("kind", ConnectorKind::parse(&model.kind))?,
            hosting: row.needed("hosting", Hosting::parse(&model.hosting))?,
            app: row.read("app_id", app)?,
            owners: row.owners("owners", &model.owners)?,
            waiting_for: waiting_for(&row, &model)?,
            guard: row.read("guard_percent", guard)?,
            held: held(&row, &model)?,
            failures: row.read("failures", u32::try_from(model.failures))?,
            counted: row.read("counted", counted)?,
            settled: row.read("settled", settled)?,
            types: row.types("read_types", model.read_types.as_deref())?,
        };
        Ok(Self {
            value,
            version: model.version,
        })
    }
}

fn waiting_for(row: &Row<'_>, model: &Model) -> Result<Option<WaitingFor>, RepositoryError> {
    let Some(operator) = &model.waiting_for else {
        return Ok(None);
    };
    let since = row.maybe_time("waiting_since", model.waiting_since)?;
    let asked_at = row.maybe_time("asked_at", model.asked_at)?;
    Ok(Some(WaitingFor {
        operator: row.read("waiting_for", OperatorId::parse(operator))?,
        since: row.needed("waiting_since", since)?,
        asked_at: row.needed("asked_at", asked_at)?,
    }))
}

fn held(row: &Row<'_>, model: &Model) -> Result<Option<Held>, RepositoryError> {
    let Some(upload) = &model.held_upload else {
        return Ok(None);
    };
    let since = row.maybe_time("held_since", model.held_since)?;
    Ok(Some(Held {
        upload: row.read("held_upload", UploadId::parse(upload))?,
        since: row.needed("held_since", since)?,
        why: model.held_why.clone().unwrap_or_default(),
    }))
}
