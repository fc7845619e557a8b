//! A file that a person brings: received and checked as those of connectors are, without the protocol around it.

use std::io;
use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};
use governance::{Content, Digest};
use model::SyncId;

use super::check::{CheckError, Wanted};
use super::{FileStore, FileStoreError, Incoming, IncomingError, Received};
use crate::Settings;

/// Why a file that somebody brings is not taken.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// It is not what it should be; in words for whoever brings it.
    #[error("{0}")]
    Refused(String),
    /// It could not be written or read here.
    #[error("cannot receive a file: {0}")]
    Broken(#[from] io::Error),
}

/// A file that was received whole and holds a finished sync. It is gone with the value unless it is stored.
#[derive(Debug)]
pub struct Brought {
    received: Received,
    sync: SyncId,
}

impl Brought {
    /// Takes the pieces of a file, and looks into it.
    ///
    /// # Errors
    /// When it is too large, when nothing comes of it for too long, when it cannot be read, or holds no finished sync.
    pub async fn receive(
        files: &FileStore,
        settings: &Settings,
        mut pieces: impl Stream<Item = io::Result<Bytes>> + Unpin,
    ) -> Result<Self, NotTaken> {
        let mut incoming = Incoming::new(files, settings.largest_upload).await?;
        while let Some(piece) = next(&mut pieces, settings.upload_silence).await? {
            incoming.write(&piece).await?;
        }
        let wanted = Wanted {
            resource_types: Vec::new(),
            largest_unpacked: settings.largest_unpacked,
        };
        match incoming.end().await?.check(wanted).await? {
            (received, Content::Sync(sync)) => Ok(Self { received, sync }),
            (_, Content::DebugLog) => Err(NotTaken::Refused("this is a log, and not a .c1z file".to_owned())),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.received.path()
    }

    /// The sync in it.
    pub fn sync(&self) -> &SyncId {
        &self.sync
    }

    /// Bytes.
    pub fn size(&self) -> u64 {
        self.received.size()
    }

    /// Of those bytes.
    pub fn digest(&self) -> Digest {
        Digest(self.received.digest())
    }

    /// Keeps it.
    ///
    /// # Errors
    /// When it cannot be read, or the object store does not take it.
    pub async fn store(self, files: &FileStore, key: &str) -> Result<(), FileStoreError> {
        files.put(key, self.received.path()).await
    }
}

/// The next piece. Who says nothing for too long is not waited for.
async fn next(
    pieces: &mut (impl Stream<Item = io::Result<Bytes>> + Unpin),
    silence: Duration,
) -> Result<Option<Bytes>, NotTaken> {
    let next = tokio::time::timeout(silence, pieces.next()).await;
    let next = next.map_err(|_| {
        NotTaken::Refused(format!(
            "nothing came of the file for {} s; send it again",
            silence.as_secs()
        ))
    })?;
    let broken_off = |_| NotTaken::Refused("the file was broken off on its way; send it again".to_owned());
    next.transpose().map_err(broken_off)
}

impl From<IncomingError> for NotTaken {
    fn from(error: IncomingError) -> Self {
        match error {
            IncomingError::Disk(error) => Self::Broken(error),
            error => Self::Refused(error.to_string()),
        }
    }
}

impl From<CheckError> for NotTaken {
    fn from(error: CheckError) -> Self {
        match error {
            CheckError::Disk(error) => Self::Broken(error),
            error => Self::Refused(error.to_string()),
        }
    }
}
