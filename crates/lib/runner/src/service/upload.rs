//! Handing a file over.

use std::path::Path;
use std::time::Duration;

use proto::baton_service_v1::baton_service_upload_asset_request::UploadMetadata;

use super::{CallError, Service};

/// How long to wait before the second and the third attempt, as in the original.
const WAITS: [Duration; 2] = [Duration::ZERO, Duration::from_secs(1)];

/// Hands a file over; three times from its start, unless the control plane does not want it.
pub(super) async fn upload(service: &Service, task_id: &str, file: &Path) -> Result<(), CallError> {
    let metadata = UploadMetadata {
        host_id: service.rules.host_id.clone(),
        task_id: task_id.to_owned(),
        ..UploadMetadata::default()
    };
    let mut waits = WAITS.into_iter();
    loop {
        let error = match service.plane.upload(metadata.clone(), file).await {
            Ok(()) => {
                let size = tokio::fs::metadata(file).await.map_or(0, |file| file.len());
                service.metrics.uploaded(size);
                return Ok(());
            }
            Err(error) => error,
        };
        let Some(wait) = waits.next().filter(|_| !error.is_final()) else {
            return Err(error);
        };
        tracing::warn!(
            task = task_id,
            hint = error.hint(),
            "the upload failed, trying again: {error}"
        );
        tokio::time::sleep(wait).await;
    }
}
