//! `run_changes`: how much each run changed.

use governance::access::{ChangeCounts, RunChanges, Subject, Verdict, Way};
use governance::repository::RepositoryError;
use governance::{ConnectorId, UploadId};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use crate::entity::{Row, stored};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "run_changes")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) upload_id: String,
    pub(crate) connector_id: String,
    pub(crate) base: Option<String>,
    pub(crate) at: i64,
    pub(crate) verdict: String,
    /// A number for each kind and way, in their order, such as `2 0 1 …`.
    pub(crate) counts: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) fn row(run: &RunChanges) -> ActiveModel {
    ActiveModel {
        upload_id: Set(run.upload.to_string()),
        connector_id: Set(run.connector.to_string()),
        base: Set(run.base.as_ref().map(ToString::to_string)),
        at: Set(stored(run.at)),
        verdict: Set(run.verdict.as_str().to_owned()),
        counts: Set(written(&run.counts)),
    }
}

fn places() -> impl Iterator<Item = (Subject, Way)> {
    let subjects = Subject::ALL.into_iter();
    subjects.flat_map(|subject| Way::ALL.into_iter().map(move |way| (subject, way)))
}

fn written(counts: &ChangeCounts) -> String {
    let numbers = places().map(|(subject, way)| counts.of(subject, way).to_string());
    numbers.collect::<Vec<_>>().join(" ")
}

fn read(text: &str) -> Option<ChangeCounts> {
    let mut numbers = text.split(' ');
    let counts = places().try_fold(ChangeCounts::default(), |counts, (subject, way)| {
        Some(counts.with(subject, way, numbers.next()?.parse().ok()?))
    })?;
    numbers.next().is_none().then_some(counts)
}

impl TryFrom<Model> for RunChanges {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        let row = Row {
            table: "run_changes",
            id: &model.upload_id,
        };
        let base = model.base.as_deref().map(UploadId::parse).transpose();
        Ok(Self {
            connector: row.read("connector_id", ConnectorId::parse(&model.connector_id))?,
            upload: row.read("upload_id", UploadId::parse(&model.upload_id))?,
            base: row.read("base", base)?,
            at: row.time("at", model.at)?,
            verdict: row.needed("verdict", Verdict::parse(&model.verdict))?,
            counts: row.needed("counts", read(&model.counts))?,
        })
    }
}
