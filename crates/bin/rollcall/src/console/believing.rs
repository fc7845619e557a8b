//! What becomes of finished syncs: counted, read into what pages show, believed or held.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use c1z::ReadOptions;
use futures_util::StreamExt as _;
use governance::access::SnapshotsOver;
use governance::repository::Store;
use governance::{Judged, Office, OfficeError, ToProject};
use model::Clock;
use projection::{Projected, ProjectionError, project};
use runner::SystemClock;
use task_service::FileStore;
use tokio::io::AsyncWriteExt as _;
use tokio_util::sync::CancellationToken;

/// How often it is looked for finished syncs.
const EVERY: Duration = Duration::from_secs(1);
/// How many rows of what is over are removed at once.
const PORTION: u64 = 5_000;
/// How long somebody who turns pages may go on with what is over.
const GRACE: chrono::TimeDelta = chrono::TimeDelta::minutes(10);
/// How long nothing may come of a projection before it is given up for dead.
const SILENCE: chrono::TimeDelta = chrono::TimeDelta::minutes(10);

/// Looks at finished syncs.
pub(crate) struct Believing {
    pub(crate) office: Office,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) files: FileStore,
    /// Where files are unpacked for reading.
    pub(crate) folder: PathBuf,
}

/// Why a file could not be looked at.
#[derive(Debug)]
struct Unreadable(String);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn unreadable(error: impl fmt::Display) -> Unreadable {
    Unreadable(error.to_string())
}

impl fmt::Debug for Believing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Believing").finish_non_exhaustive()
    }
}

impl Believing {
    /// Goes its rounds until it is told to stop.
    pub(crate) async fn run(&self, stop: CancellationToken) {
        while stop
            .run_until_cancelled(tokio::time::sleep(EVERY))
            .await
            .is_some()
        {
            match stop.run_until_cancelled(self.round()).await {
                Some(Err(error)) => tracing::warn!("finished syncs could not be looked at: {error}"),
                Some(Ok(())) => {}
                None => return,
            }
        }
    }

    async fn round(&self) -> Result<(), OfficeError> {
        self.office.count_syncs().await?;
        for found in self.office.to_project().await? {
            let connector = found.upload.connector.clone();
            match self.look(&found).await {
                Ok(Judged::Held) => tracing::warn!(%connector, "a sync is held for a person"),
                Ok(Judged::Believed) => tracing::info!(%connector, "a sync is believed"),
                Ok(Judged::Outdated) => {}
                Err(error) => tracing::error!(%connector, "a sync could not be read: {error}"),
            }
        }
        self.clear().await
    }

    /// What is over goes by and by.
    async fn clear(&self) -> Result<(), OfficeError> {
        let now = SystemClock.now();
        let over = SnapshotsOver {
            silent_since: now - SILENCE,
            retired_before: now - GRACE,
        };
        self.store.remove_snapshots(&over, PORTION).await?;
        Ok(())
    }

    async fn look(&self, found: &ToProject) -> Result<Judged, Unreadable> {
        let file = self.fetch(found).await?;
        let options = ReadOptions {
            temp_dir: Some(self.folder.clone()),
            ..ReadOptions::default()
        };
        let what = Projected {
            connector: found.upload.connector.clone(),
            upload: found.upload.id.clone(),
            sync: found.sync.clone(),
        };
        let candidate = project(file.path(), &options, what, self.store.as_ref(), &SystemClock).await;
        let candidate = match candidate {
            Err(ProjectionError::Removed) => return Ok(Judged::Outdated),
            other => other.map_err(unreadable)?,
        };
        self.office
            .judge(&candidate, &found.upload)
            .await
            .map_err(unreadable)
    }

    /// The file, here; gone with the value.
    async fn fetch(&self, found: &ToProject) -> Result<tempfile::NamedTempFile, Unreadable> {
        let file = tempfile::NamedTempFile::new_in(&self.folder).map_err(unreadable)?;
        let mut out = tokio::fs::File::from_std(file.reopen().map_err(unreadable)?);
        let pieces = self.files.get(&found.upload.key).await.map_err(unreadable)?;
        let mut pieces = std::pin::pin!(pieces);
        while let Some(piece) = pieces.next().await {
            out.write_all(&piece.map_err(unreadable)?)
                .await
                .map_err(unreadable)?;
        }
        out.flush().await.map_err(unreadable)?;
        Ok(file)
    }
}
