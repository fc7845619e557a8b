//! `uploads`: files that connectors handed over.

use governance::repository::RepositoryError;
use governance::{AttemptId, ConnectorId, Content, Digest, TaskId, Upload, UploadId, UploadState};
use model::SyncId;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::{Row, stored, text};

/// `content` of a sync.
pub(crate) const SYNC: &str = "sync";
/// `content` of a log.
const LOG: &str = "log";
/// `state` of a file on its way.
pub(crate) const STORING: &str = "storing";
/// `state` of a file that is there.
pub(crate) const KEPT: &str = "kept";

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "uploads")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) connector_id: String,
    pub(crate) task_id: String,
    pub(crate) attempt_id: String,
    pub(crate) content: String,
    pub(crate) sync_id: Option<String>,
    pub(crate) size: i64,
    pub(crate) digest: Vec<u8>,
    pub(crate) object_key: String,
    pub(crate) state: String,
    pub(crate) state_since: i64,
    pub(crate) keep_until: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) fn row(upload: &Upload) -> ActiveModel {
    let (content, sync) = match &upload.content {
        Content::Sync(id) => (SYNC, Some(text(id.as_str()))),
        Content::DebugLog => (LOG, None),
    };
    let (state, since) = match upload.state {
        UploadState::Storing { since } => (STORING, since),
        UploadState::Kept { at } => (KEPT, at),
    };
    let Digest(digest) = upload.digest;
    ActiveModel {
        id: Set(upload.id.to_string()),
        connector_id: Set(upload.connector.to_string()),
        task_id: Set(upload.task.to_string()),
        attempt_id: Set(upload.attempt.to_string()),
        content: Set(content.to_owned()),
        sync_id: Set(sync),
        size: Set(i64::try_from(upload.size).unwrap_or(i64::MAX)),
        digest: Set(digest.to_vec()),
        object_key: Set(upload.key.clone()),
        state: Set(state.to_owned()),
        state_since: Set(stored(since)),
        keep_until: Set(stored(upload.keep_until)),
    }
}

impl TryFrom<Model> for Upload {
    type Error = RepositoryError;

    fn try_from(model: Model) -> Result<Self, RepositoryError> {
        let row = Row {
            table: "uploads",
            id: &model.id,
        };
        let since = row.time("state_since", model.state_since)?;
        let digest = <[u8; 32]>::try_from(model.digest.as_slice());
        Ok(Self {
            id: row.read("id", UploadId::parse(&model.id))?,
            connector: row.read("connector_id", ConnectorId::parse(&model.connector_id))?,
            task: row.read("task_id", TaskId::parse(&model.task_id))?,
            attempt: row.read("attempt_id", AttemptId::parse(&model.attempt_id))?,
            content: row.needed("content", content(&model))?,
            size: row.read("size", u64::try_from(model.size))?,
            digest: Digest(row.read("digest", digest)?),
            state: row.needed("state", state(&model, since))?,
            keep_until: row.time("keep_until", model.keep_until)?,
            key: model.object_key.clone(),
        })
    }
}

fn content(model: &Model) -> Option<Content> {
    match (model.content.as_str(), &model.sync_id) {
        (SYNC, Some(id)) => Some(Content::Sync(SyncId::new(id.as_str()))),
        (LOG, None) => Some(Content::DebugLog),
        _ => None,
    }
}

fn state(model: &Model, since: chrono::DateTime<chrono::Utc>) -> Option<UploadState> {
    match model.state.as_str() {
        STORING => Some(UploadState::Storing { since }),
        KEPT => Some(UploadState::Kept { at: since }),
        _ => None,
    }
}
