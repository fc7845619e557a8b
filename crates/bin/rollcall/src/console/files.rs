//! Files that connectors handed over, for whoever may take them.

use async_trait::async_trait;
use futures_util::TryStreamExt as _;
use governance::{ConnectorId, Upload};
use lobby::{Files, Pieces};
use task_service::FileStore;

/// The object store.
pub(super) struct StoredFiles(pub(super) FileStore);

#[async_trait]
impl Files for StoredFiles {
    async fn open(&self, _: &ConnectorId, upload: &Upload) -> Result<Pieces, std::io::Error> {
        let pieces = self.0.get(&upload.key).await.map_err(std::io::Error::other)?;
        Ok(Box::pin(pieces.map_err(std::io::Error::other)))
    }
}
