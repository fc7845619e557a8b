//! A file on its way in.

use std::io;
use std::path::Path;

use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;
use tokio::fs::File;
use tokio::io::AsyncWriteExt as _;

use super::FileStore;

/// Why a file could not be received.
#[derive(Debug, thiserror::Error)]
pub(crate) enum IncomingError {
    /// It is larger than files may be.
    #[error("the file is larger than {limit} bytes, the most that is taken")]
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// What arrived is not what was sent.
    #[error("the file's SHA-256 is not the one that was sent with it; send it again")]
    Digest,
    /// The disk does not take it.
    #[error(transparent)]
    Disk(#[from] io::Error),
}

/// A file of which more is to come. It is removed unless it is finished.
#[derive(Debug)]
pub(crate) struct Incoming {
    named: NamedTempFile,
    file: File,
    hash: Sha256,
    size: u64,
    limit: u64,
}

/// A file that arrived whole.
#[derive(Debug)]
pub(crate) struct Received {
    named: NamedTempFile,
    size: u64,
    digest: [u8; 32],
}

impl Incoming {
    /// An empty file that may have so many bytes.
    pub(crate) async fn new(files: &FileStore, limit: u64) -> Result<Self, IncomingError> {
        let spool = files.spool().clone();
        let named = tokio::task::spawn_blocking(move || spool.file())
            .await
            .map_err(io::Error::other)??;
        Ok(Self {
            file: File::from_std(named.reopen()?),
            named,
            hash: Sha256::new(),
            size: 0,
            limit,
        })
    }

    /// Adds a piece.
    pub(crate) async fn write(&mut self, data: &[u8]) -> Result<(), IncomingError> {
        self.size += data.len() as u64;
        if self.size > self.limit {
            return Err(IncomingError::TooLarge { limit: self.limit });
        }
        self.hash.update(data);
        Ok(self.file.write_all(data).await?)
    }

    /// Ends it, if it is what was sent.
    pub(crate) async fn finish(self, sent: &[u8]) -> Result<Received, IncomingError> {
        let received = self.end().await?;
        if received.digest != sent {
            return Err(IncomingError::Digest);
        }
        Ok(received)
    }

    /// Ends it, whatever it is.
    pub(crate) async fn end(mut self) -> Result<Received, IncomingError> {
        self.file.flush().await?;
        Ok(Received {
            named: self.named,
            size: self.size,
            digest: self.hash.finalize().into(),
        })
    }
}

impl Received {
    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        self.named.path()
    }

    /// Bytes.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// The SHA-256 of those bytes.
    pub(crate) fn digest(&self) -> [u8; 32] {
        self.digest
    }
}
