//! Files that somebody brings: noted when they begin to be stored, and a sync that succeeded once they are.

use chrono::TimeDelta;
use model::SyncId;

use super::{Office, OfficeError, Owned, ROUNDS};
use crate::repository::{Write, Written};
use crate::{
    Action, Actor, AttemptId, AuditAction, ConnectorId, Content, Digest, End, Hosting, Installation, Task,
    TaskId, TaskKind, TaskState, Upload, UploadId, UploadState, Work,
};

/// A file that somebody brings, as it was received and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// The sync in it.
    pub sync: SyncId,
    /// Bytes.
    pub size: u64,
    /// Of those bytes.
    pub digest: Digest,
    /// How long it is kept at least.
    pub keep: TimeDelta,
}

impl Office {
    /// A connector that this actor may bring a file for, now.
    ///
    /// # Errors
    /// When there is none for this actor, when they may not, when it is of another kind, when a file is held, or when the
    /// store fails.
    pub async fn may_bring(&self, actor: &Actor, id: &ConnectorId) -> Result<Owned, OfficeError> {
        let owned = self.owned(actor, id).await?;
        let installation = &owned.installation.value;
        actor.may(Action::RunConnector(installation))?;
        if installation.hosting != Hosting::ByHand {
            return Err(OfficeError::Conflict(
                "this connector reads by itself: nobody brings files for it",
            ));
        }
        if installation.held.is_some() {
            return Err(OfficeError::Conflict(
                "the file before is held: confirm or discard it first",
            ));
        }
        Ok(owned)
    }

    /// Notes a file that is about to be stored; where, is in what comes back.
    ///
    /// # Errors
    /// As [`Office::may_bring`].
    pub async fn begin_file(
        &self,
        actor: &Actor,
        id: &ConnectorId,
        new: &NewFile,
    ) -> Result<Upload, OfficeError> {
        self.may_bring(actor, id).await?;
        let (now, bytes) = self.fresh();
        let upload_id = UploadId::new(now, bytes);
        let upload = Upload {
            key: format!("{id}/{upload_id}.c1z"),
            id: upload_id,
            connector: id.clone(),
            task: TaskId::new(now, self.ids.next_bytes()),
            attempt: AttemptId::new(now, self.ids.next_bytes()),
            content: Content::Sync(new.sync.clone()),
            size: new.size,
            digest: new.digest,
            state: UploadState::Storing { since: now },
            keep_until: now + new.keep,
        };
        self.store.add_upload(&upload).await?;
        Ok(upload)
    }

    /// Notes that it is stored: it takes the place of the file before once it is believed.
    ///
    /// # Errors
    /// As [`Office::may_bring`], and when a newer file was believed meanwhile.
    pub async fn finish_file(&self, actor: &Actor, upload: &Upload) -> Result<Task, OfficeError> {
        for _ in 0..ROUNDS {
            let owned = self.may_bring(actor, &upload.connector).await?;
            let before = &owned.installation.value;
            if before
                .settled
                .as_ref()
                .is_some_and(|settled| *settled > upload.id)
            {
                return Err(OfficeError::Conflict(
                    "a newer file was brought meanwhile, and that one stays",
                ));
            }
            let now = self.now();
            let task = brought(upload, now);
            // Whoever brings it has done what they were asked for. It is also how this is nothing once it is removed.
            let after = Installation {
                waiting_for: None,
                ..before.clone()
            };
            let said = format!("{} bytes, SHA-256 {}", upload.size, upload.digest);
            let entry = self
                .draft(actor, AuditAction::FileBrought, owned.connector.value.object())
                .change("file", None, Some(said));
            let writes = [
                Write::ReplaceInstallation(owned.installation.with(after)),
                Write::AddTask(task.clone()),
                Write::KeepUpload(upload.id.clone(), now),
            ];
            if self.commit(&writes, &[entry]).await? == Written::Yes {
                return Ok(task);
            }
        }
        Err(OfficeError::Contended)
    }
}

/// What stands for it in the list of syncs: done, by whoever brought the file.
fn brought(upload: &Upload, now: chrono::DateTime<chrono::Utc>) -> Task {
    let work = Work::new(TaskKind::Sync, None, Vec::new());
    Task {
        tries: 1,
        state: TaskState::Finished {
            at: now,
            end: End::Succeeded(Vec::new()),
            by: None,
        },
        ..Task::new(upload.task.clone(), upload.connector.clone(), work, now)
    }
}
