//! Files that connectors handed over, for whoever may take them; and those that somebody brings.

use std::io;
use std::sync::Arc;

use async_trait::async_trait;
use futures_util::TryStreamExt as _;
use governance::{ConnectorId, NewFile, Upload};
use lobby::{Files, NotTaken, Pieces, Received};
use task_service::Brought;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::bringing::Receiving;

/// How many files that people bring are received at once, so that nobody can fill the disk from many sides.
const AT_ONCE: usize = 2;

/// The object store.
pub(super) struct StoredFiles {
    receiving: Receiving,
    turns: Arc<Semaphore>,
}

impl StoredFiles {
    pub(super) fn new(receiving: Receiving) -> Self {
        let turns = Arc::new(Semaphore::new(AT_ONCE));
        Self { receiving, turns }
    }
}

/// A file that is not stored yet.
struct Checked {
    brought: Brought,
    receiving: Receiving,
    _turn: OwnedSemaphorePermit,
}

#[async_trait]
impl Files for StoredFiles {
    async fn open(&self, _: &ConnectorId, upload: &Upload) -> Result<Pieces, io::Error> {
        let pieces = self
            .receiving
            .files
            .get(&upload.key)
            .await
            .map_err(io::Error::other)?;
        Ok(Box::pin(pieces.map_err(io::Error::other)))
    }

    async fn receive(&self, pieces: Pieces) -> Result<Box<dyn Received>, NotTaken> {
        let turn = Arc::clone(&self.turns).try_acquire_owned().map_err(|_| {
            NotTaken::Refused("other files are being received; try again in a moment".to_owned())
        })?;
        match self.receiving.receive(pieces).await {
            Ok(brought) => Ok(Box::new(Checked {
                brought,
                receiving: self.receiving.clone(),
                _turn: turn,
            })),
            Err(task_service::NotTaken::Refused(why)) => Err(NotTaken::Refused(why)),
            Err(task_service::NotTaken::Broken(error)) => {
                tracing::error!("a file that somebody brings cannot be received: {error}");
                Err(NotTaken::Broken)
            }
        }
    }
}

#[async_trait]
impl Received for Checked {
    fn file(&self) -> NewFile {
        self.receiving.described(&self.brought)
    }

    async fn store(self: Box<Self>, key: &str) -> Result<(), io::Error> {
        let Self {
            brought,
            receiving,
            _turn,
        } = *self;
        let stored = brought.store(&receiving.files, key).await;
        stored.map_err(|error| {
            tracing::error!("a file that somebody brings cannot be stored: {error}");
            io::Error::other(error)
        })
    }
}
