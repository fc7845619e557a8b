//! What is said to a control plane, however it is said.

use std::path::Path;

use async_trait::async_trait;
use proto::baton_service_v1::baton_service_upload_asset_request::UploadMetadata;
use proto::baton_service_v1::{
    BatonServiceFinishTaskRequest, BatonServiceGetTaskRequest, BatonServiceGetTaskResponse,
    BatonServiceGetTasksRequest, BatonServiceGetTasksResponse, BatonServiceHeartbeatRequest,
    BatonServiceHeartbeatResponse, BatonServiceHelloRequest,
};

use super::CallError;

/// A control plane. A token that has become unacceptable is renewed once in each call.
#[async_trait]
pub(super) trait ControlPlane: Send + Sync {
    async fn hello(&self, request: BatonServiceHelloRequest) -> Result<(), CallError>;

    async fn get_task(
        &self,
        request: BatonServiceGetTaskRequest,
    ) -> Result<BatonServiceGetTaskResponse, CallError>;

    async fn get_tasks(
        &self,
        request: BatonServiceGetTasksRequest,
    ) -> Result<BatonServiceGetTasksResponse, CallError>;

    async fn heartbeat(
        &self,
        request: BatonServiceHeartbeatRequest,
    ) -> Result<BatonServiceHeartbeatResponse, CallError>;

    async fn finish_task(&self, request: BatonServiceFinishTaskRequest) -> Result<(), CallError>;

    /// Sends a file, one time.
    async fn upload(&self, metadata: UploadMetadata, file: &Path) -> Result<(), CallError>;
}
