//! `access_snapshots`: readings of everything, whole or not.

use chrono::{DateTime, Utc};
use governance::access::{NewSnapshot, Snapshot, SnapshotId, SnapshotState, TypeCounts};
use governance::repository::RepositoryError;
use governance::{ConnectorId, UploadId};
use model::SyncId;
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;

use crate::entity::{Row, stored, text};

/// `state` of what is being written.
pub(crate) const FILLING: &str = "filling";
/// `state` of what is whole, and not believed yet.
pub(crate) const CANDIDATE: &str = "candidate";
/// `state` of what everybody sees.
pub(crate) const CURRENT: &str = "current";
/// `state` of what nobody should look at any more.
pub(crate) const RETIRED: &str = "retired";
/// `state` of what is not whole any more.
pub(crate) const REMOVING: &str = "removing";
/// Those that are whole.
pub(crate) const WHOLE: [&str; 3] = [CANDIDATE, CURRENT, RETIRED];

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_snapshots")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) connector_id: String,
    pub(crate) upload_id: String,
    pub(crate) sync_id: String,
    pub(crate) taken_at: i64,
    pub(crate) base: Option<i64>,
    pub(crate) state: String,
    pub(crate) state_since: i64,
    pub(crate) current_of: Option<String>,
    pub(crate) projected_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// One that is begun.
pub(crate) fn begun(of: &NewSnapshot, base: Option<i64>, now: DateTime<Utc>) -> ActiveModel {
    ActiveModel {
        id: NotSet,
        connector_id: Set(of.connector.to_string()),
        upload_id: Set(of.upload.to_string()),
        sync_id: Set(text(of.sync.as_str())),
        taken_at: Set(stored(of.taken_at)),
        base: Set(base),
        state: Set(FILLING.to_owned()),
        state_since: Set(stored(now)),
        current_of: Set(None),
        projected_at: Set(None),
    }
}

impl Model {
    /// The snapshot, with how much there is of each type.
    pub(crate) fn with(self, types: Vec<TypeCounts>) -> Result<Snapshot, RepositoryError> {
        let id = self.id.to_string();
        let row = Row {
            table: "access_snapshots",
            id: &id,
        };
        let projected_at = row.maybe_time("projected_at", self.projected_at)?;
        Ok(Snapshot {
            id: SnapshotId::from_number(self.id),
            of: NewSnapshot {
                connector: row.read("connector_id", ConnectorId::parse(&self.connector_id))?,
                upload: row.read("upload_id", UploadId::parse(&self.upload_id))?,
                sync: SyncId::new(self.sync_id),
                taken_at: row.time("taken_at", self.taken_at)?,
            },
            base: self.base.map(SnapshotId::from_number),
            state: row.needed("state", state(&self.state))?,
            since: row.time("state_since", self.state_since)?,
            projected_at: row.needed("projected_at", projected_at)?,
            types,
        })
    }
}

fn state(word: &str) -> Option<SnapshotState> {
    match word {
        CANDIDATE => Some(SnapshotState::Candidate),
        CURRENT => Some(SnapshotState::Current),
        RETIRED => Some(SnapshotState::Retired),
        _ => None,
    }
}
