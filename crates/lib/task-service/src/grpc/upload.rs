//! Taking a file: metadata, data, end; checked before it is believed.

use governance::{Beat, Caller, Claim, Content, Digest, Task, Upload, UploadState};
use proto::baton_service_v1::BatonServiceUploadAssetRequest;
use proto::baton_service_v1::baton_service_upload_asset_request::Msg;
use task_protocol::rules;
use tonic::{Status, Streaming};

use super::status::refused;
use crate::Inner;
use crate::files::{Incoming, IncomingError, Received, Wanted};
use crate::one_line::one_line;

type Stream = Streaming<BatonServiceUploadAssetRequest>;

impl Inner {
    pub(super) async fn receive(&self, caller: &Caller, mut stream: Stream) -> Result<(), Status> {
        let claim = self.begin(&mut stream).await?;
        let (task, _) = self.desk.working_on(caller, &claim).await.map_err(refused)?;
        let _turn = self.receiving.turn(&claim.attempt).ok_or_else(|| {
            Status::resource_exhausted(
                "a file of this task is being received already; wait until that has ended",
            )
        })?;
        let received = self.spool(caller, &claim, &mut stream).await?;
        self.keep(caller, &claim, &task, received).await
    }

    /// The first message says whose file it is.
    async fn begin(&self, stream: &mut Stream) -> Result<Claim, Status> {
        let Some(Msg::Metadata(metadata)) = self.next(stream).await? else {
            return Err(Status::invalid_argument("an upload begins with its metadata"));
        };
        rules::upload_metadata(&metadata)?;
        super::claim(&metadata.host_id, &metadata.task_id)
    }

    /// The next message. Who says nothing for too long is not waited for.
    async fn next(&self, stream: &mut Stream) -> Result<Option<Msg>, Status> {
        let silence = self.settings.upload_silence;
        let message = tokio::time::timeout(silence, stream.message()).await;
        let message = message.map_err(|_| {
            Status::deadline_exceeded(format!("nothing came of the upload for {} s", silence.as_secs()))
        })??;
        Ok(message.and_then(|message| message.msg))
    }

    /// Everything up to the end goes into a file of our own. Meanwhile the task stays with whoever sends it.
    async fn spool(&self, caller: &Caller, claim: &Claim, stream: &mut Stream) -> Result<Received, Status> {
        let mut incoming = Incoming::new(&self.files, self.settings.largest_upload)
            .await
            .map_err(not_taken)?;
        let mut beat_at = tokio::time::Instant::now() + self.desk.rules().heartbeat;
        loop {
            match self.next(stream).await? {
                Some(Msg::Data(data)) => {
                    rules::upload_data(&data)?;
                    incoming.write(&data.data).await.map_err(not_taken)?;
                }
                Some(Msg::Eof(eof)) => {
                    rules::upload_eof(&eof)?;
                    self.expect_end(stream).await?;
                    return incoming.finish(&eof.sha256_checksum).await.map_err(not_taken);
                }
                Some(Msg::Metadata(_)) => {
                    return Err(Status::invalid_argument(
                        "an upload has its metadata only once, at the beginning",
                    ));
                }
                None => {
                    return Err(Status::aborted(
                        "the upload ended before its end message; send it again",
                    ));
                }
            }
            if tokio::time::Instant::now() >= beat_at {
                self.still_wanted(caller, claim).await?;
                beat_at = tokio::time::Instant::now() + self.desk.rules().heartbeat;
            }
        }
    }

    async fn expect_end(&self, stream: &mut Stream) -> Result<(), Status> {
        match self.next(stream).await? {
            None => Ok(()),
            Some(_) => Err(Status::invalid_argument(
                "nothing may follow the end of an upload",
            )),
        }
    }

    /// Sending is a sign of life.
    async fn still_wanted(&self, caller: &Caller, claim: &Claim) -> Result<(), Status> {
        match self.desk.beat(caller, claim).await.map_err(refused)? {
            Beat::Continue => Ok(()),
            Beat::Stop => Err(Status::cancelled("this task is not wanted any more")),
        }
    }

    /// A file that is whole is looked into, and stored.
    async fn keep(
        &self,
        caller: &Caller,
        claim: &Claim,
        task: &Task,
        received: Received,
    ) -> Result<(), Status> {
        let wanted = self.wanted(caller, claim).await?;
        let (received, content) = received.check(wanted).await.map_err(|error| {
            tracing::warn!(task = %claim.attempt, host = %claim.host, "file refused: {}", one_line(&error.to_string()));
            error.status()
        })?;
        self.still_wanted(caller, claim).await?;
        let upload = self.upload(claim, task, &received, content);
        let store = self.desk.store();
        store
            .add_upload(&upload)
            .await
            .map_err(|error| refused(error.into()))?;
        self.files
            .put(&upload.key, received.path())
            .await
            .map_err(|error| {
                tracing::error!("{error}");
                Status::unavailable("the control plane cannot store the file; try again")
            })?;
        let kept = store.keep_upload(&upload.id, self.desk.now()).await;
        kept.map_err(|error| refused(error.into()))?;
        tracing::info!(task = %claim.attempt, host = %claim.host, bytes = upload.size, key = upload.key, "file kept");
        Ok(())
    }

    /// What the file has to be, from what the instance said of itself.
    async fn wanted(&self, caller: &Caller, claim: &Claim) -> Result<Wanted, Status> {
        let worker = self.desk.store().worker(caller.connector(), &claim.host).await;
        let worker = worker.map_err(|error| refused(error.into()))?;
        Ok(Wanted {
            resource_types: worker.map(|worker| worker.resource_types).unwrap_or_default(),
            largest_unpacked: self.settings.largest_unpacked,
        })
    }

    fn upload(&self, claim: &Claim, task: &Task, received: &Received, content: Content) -> Upload {
        let now = self.desk.now();
        let id = self.desk.new_upload_id();
        let ending = match content {
            Content::Sync(_) => "c1z",
            Content::DebugLog => "log",
        };
        Upload {
            key: format!("{}/{id}.{ending}", task.connector),
            id,
            connector: task.connector.clone(),
            task: task.id.clone(),
            attempt: claim.attempt.clone(),
            content,
            size: received.size(),
            digest: Digest(received.digest()),
            state: UploadState::Storing { since: now },
            keep_until: now + self.settings.keep_files,
        }
    }
}

/// Why a file was not taken.
fn not_taken(error: IncomingError) -> Status {
    match error {
        IncomingError::TooLarge { .. } => Status::resource_exhausted(error.to_string()),
        IncomingError::Digest => Status::data_loss(error.to_string()),
        IncomingError::Disk(error) => {
            tracing::error!("cannot write an uploaded file: {error}");
            Status::unavailable("the control plane cannot write the file; try again")
        }
    }
}
