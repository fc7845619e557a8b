//! What has to happen although nobody asks for it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use governance::{DeskError, Worker};
use tokio_util::sync::CancellationToken;

use crate::work::sync_work;
use crate::{FileStoreError, Inner};

/// How often tasks are looked after: a lost one is given to the next within this time.
const TASKS_EVERY: Duration = Duration::from_secs(2);
/// How many rounds of tasks there are to one round of everything else.
const ROUNDS_TO_FILES: u32 = 150;
/// How long a file may take into the object store before it counts as interrupted.
const INTERRUPTED_AFTER: TimeDelta = TimeDelta::hours(6);
/// How long credentials that were taken back are still listed: each life of a hosted connector leaves one.
const REVOKED_FOR: TimeDelta = TimeDelta::days(7);
/// How long sessions, links and answered questions are kept: longer than any of them is good for.
const SESSIONS_FOR: TimeDelta = TimeDelta::days(7);
/// How many files are removed in one go.
const FILES_AT_ONCE: u64 = 100;

/// Looks after what nobody asks for: signs of life that are to be written down; tasks whose worker is gone, syncs that
/// are due; tokens, sessions, instances and files whose time is over. Any number of processes may do so side by side.
#[derive(Clone)]
pub struct Janitor(Arc<Inner>);

impl fmt::Debug for Janitor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Janitor")
    }
}

/// Why a round was not completed.
#[derive(Debug, thiserror::Error)]
pub enum RoundError {
    /// The desk, or the database beneath it.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The object store.
    #[error(transparent)]
    Files(#[from] FileStoreError),
}

impl Janitor {
    pub(crate) fn new(inner: Arc<Inner>) -> Self {
        Self(inner)
    }

    /// Goes its rounds until it is told to stop. A round that fails is tried again with the next.
    pub async fn run(&self, stop: CancellationToken) {
        let mut round: u32 = 0;
        while stop
            .run_until_cancelled(tokio::time::sleep(TASKS_EVERY))
            .await
            .is_some()
        {
            let done = if round.is_multiple_of(ROUNDS_TO_FILES) {
                self.round().await
            } else {
                self.tasks().await
            };
            if let Err(error) = done {
                tracing::error!("could not look after tasks and files: {error}");
            }
            round = round.wrapping_add(1);
        }
        // What is not written down now never will be.
        if let Err(error) = self.0.write_seen().await {
            tracing::error!("could not write down who was heard of: {error}");
        }
    }

    /// Looks after everything, once.
    ///
    /// # Errors
    /// When the database or the object store fails.
    pub async fn round(&self) -> Result<(), RoundError> {
        self.tasks().await?;
        self.remains().await
    }

    async fn tasks(&self) -> Result<(), RoundError> {
        self.0.write_seen().await?;
        let counted = self.0.desk.sweep(sync_work).await?;
        if counted.expired > 0 {
            tracing::warn!(
                tasks = counted.expired,
                "not heard of for too long: given to the next, or failed"
            );
        }
        Ok(())
    }

    /// Tokens, sessions, instances and files whose time is over.
    async fn remains(&self) -> Result<(), RoundError> {
        let now = self.0.desk.now();
        let store = self.0.desk.store();
        store.forget_expired(now).await.map_err(DeskError::from)?;
        store
            .forget_revoked(now - REVOKED_FOR)
            .await
            .map_err(DeskError::from)?;
        store
            .forget_sessions(now - SESSIONS_FOR)
            .await
            .map_err(DeskError::from)?;
        let not_since = now - Worker::REMEMBERED;
        store.forget_workers(not_since).await.map_err(DeskError::from)?;
        self.remove_files(now).await
    }

    async fn remove_files(&self, now: DateTime<Utc>) -> Result<(), RoundError> {
        let store = self.0.desk.store();
        let interrupted = now - INTERRUPTED_AFTER;
        let uploads = store.uploads_to_remove(now, interrupted, FILES_AT_ONCE).await;
        for upload in uploads.map_err(DeskError::from)? {
            // First the file: what is forgotten before it is removed would never be removed.
            self.0.files.remove(&upload.key).await?;
            store.remove_upload(&upload.id).await.map_err(DeskError::from)?;
            tracing::info!(key = upload.key, "file removed: its time is over");
        }
        Ok(())
    }
}
