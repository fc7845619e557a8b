//! Where files are kept: a folder, or an S3 bucket.

use std::io;
use std::path::Path;
use std::sync::Arc;

use object_store::aws::AmazonS3Builder;
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt as _};
use tokio::io::AsyncWriteExt as _;

use super::spool::{self, Spool};

/// How much of a file is held in memory while it is stored, bytes; S3 takes no smaller parts than 5 MiB.
const PART: usize = 8 << 20;

/// Why files cannot be kept.
#[derive(Debug, thiserror::Error)]
pub enum FileStoreError {
    /// A folder cannot be used.
    #[error("cannot use the folder {folder}: {source}")]
    Folder {
        /// Which.
        folder: String,
        /// Why.
        source: io::Error,
    },
    /// The object store refuses, or cannot be reached.
    #[error("the object store does not take or give the file: {0}")]
    Objects(#[from] object_store::Error),
    /// The file here cannot be read.
    #[error("cannot read the file that is to be stored: {0}")]
    Disk(#[from] io::Error),
}

/// An object store, and the folder that files are received into.
#[derive(Clone, Debug)]
pub struct FileStore {
    objects: Arc<dyn ObjectStore>,
    prefix: Key,
    spool: Spool,
}

impl FileStoreError {
    /// Whether there simply is no such file.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Objects(object_store::Error::NotFound { .. }))
    }
}

impl FileStore {
    /// Keeps files in a folder; `spool` is where they are received into.
    ///
    /// # Errors
    /// When one of the folders cannot be made or used.
    pub fn folder(folder: &Path, spool: &Path) -> Result<Self, FileStoreError> {
        let failed = |source| FileStoreError::Folder {
            folder: folder.display().to_string(),
            source,
        };
        spool::make_private(folder).map_err(failed)?;
        Ok(Self {
            objects: Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true)),
            prefix: Key::default(),
            spool: open_spool(spool)?,
        })
    }

    /// Keeps files in an S3 bucket under a prefix. Where it is and who we are come from environment variables, as for
    /// every program that uses S3 (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT`, …);
    /// others may be among them.
    ///
    /// # Errors
    /// When the environment does not say enough, or when the spool folder cannot be used.
    pub fn s3(
        bucket: &str,
        prefix: &str,
        spool: &Path,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, FileStoreError> {
        // Whoever was first has installed the same one.
        rustls::crypto::ring::default_provider().install_default().ok();
        let builder = AmazonS3Builder::new().with_bucket_name(bucket);
        let builder = environment.into_iter().fold(builder, with_variable);
        Ok(Self {
            objects: Arc::new(builder.build()?),
            prefix: Key::from(prefix),
            spool: open_spool(spool)?,
        })
    }

    pub(super) fn spool(&self) -> &Spool {
        &self.spool
    }

    /// Stores a file under a key. It is there whole, or not at all.
    ///
    /// # Errors
    /// When the file cannot be read, or the object store does not take it.
    pub async fn put(&self, key: &str, file: &Path) -> Result<(), FileStoreError> {
        let objects = Arc::clone(&self.objects);
        let mut target = BufWriter::with_capacity(objects, self.key(key), PART).with_max_concurrency(1);
        let mut source = tokio::fs::File::open(file).await?;
        if let Err(error) = tokio::io::copy(&mut source, &mut target).await {
            target.abort().await.ok();
            return Err(failed(error));
        }
        target.shutdown().await.map_err(failed)
    }

    /// The bytes of a file, piece by piece.
    ///
    /// # Errors
    /// When there is none, or when it cannot be read.
    pub async fn get(
        &self,
        key: &str,
    ) -> Result<impl futures_util::Stream<Item = Result<bytes::Bytes, FileStoreError>> + use<>, FileStoreError>
    {
        use futures_util::TryStreamExt as _;
        let found = self.objects.get(&self.key(key)).await?;
        Ok(found.into_stream().map_err(FileStoreError::from))
    }

    /// Removes a file; one that is not there is removed already.
    ///
    /// # Errors
    /// When the object store refuses.
    pub async fn remove(&self, key: &str) -> Result<(), FileStoreError> {
        match self.objects.delete(&self.key(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The keys of all files that there are, in no order.
    ///
    /// # Errors
    /// The stream has one when the object store refuses.
    pub fn keys(&self) -> impl futures_util::Stream<Item = Result<String, FileStoreError>> + use<> {
        use futures_util::TryStreamExt as _;
        let prefix = self.prefix.clone();
        let all = self
            .objects
            .list(Some(&prefix).filter(|prefix| !prefix.as_ref().is_empty()));
        all.map_ok(move |found| {
            let parts = found.location.prefix_match(&prefix).map(|parts| {
                let parts: Vec<String> = parts.map(|part| part.as_ref().to_owned()).collect();
                parts.join("/")
            });
            parts.unwrap_or_else(|| found.location.to_string())
        })
        .map_err(FileStoreError::from)
    }

    fn key(&self, key: &str) -> Key {
        key.split('/').fold(self.prefix.clone(), Key::join)
    }
}

/// What the library knows no variable for is not meant for it.
fn with_variable(builder: AmazonS3Builder, (name, value): (String, String)) -> AmazonS3Builder {
    let key = name
        .starts_with("AWS_")
        .then(|| name.to_ascii_lowercase().parse());
    match key {
        Some(Ok(key)) => builder.with_config(key, value),
        _ => builder,
    }
}

/// Reading here and storing there go hand in hand; which of them failed, the error knows.
fn failed(error: io::Error) -> FileStoreError {
    match error.downcast() {
        Ok(error) => FileStoreError::Objects(error),
        Err(error) => FileStoreError::Disk(error),
    }
}

fn open_spool(folder: &Path) -> Result<Spool, FileStoreError> {
    Spool::open(folder).map_err(|source| FileStoreError::Folder {
        folder: folder.display().to_string(),
        source,
    })
}
