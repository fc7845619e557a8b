//! Files that connectors handed over, for whoever may take them.

use ::console::{Asked, Files};
use async_trait::async_trait;
use axum::body::Body;
use governance::{ConnectorId, Upload};
use task_service::FileStore;

/// The object store.
pub(super) struct StoredFiles(pub(super) FileStore);

#[async_trait]
impl Files for StoredFiles {
    async fn open(&self, _: &ConnectorId, upload: &Upload) -> Result<Asked, std::io::Error> {
        let pieces = self.0.get(&upload.key).await.map_err(std::io::Error::other)?;
        Ok(Asked {
            body: Body::from_stream(pieces),
        })
    }
}
