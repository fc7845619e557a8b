//! The `BatonService`: requests held against the rules, then asked of the desk.

mod caller;
mod finish;
mod hello;
mod poll;
mod seen;
mod status;
mod upload;

use std::sync::Arc;

use governance::{AttemptId, Beat, Claim, HostId};
use proto::baton_service_v1::baton_service_server::BatonService;
use proto::baton_service_v1::{
    BatonServiceFinishTaskRequest, BatonServiceFinishTaskResponse, BatonServiceGetTaskRequest,
    BatonServiceGetTaskResponse, BatonServiceGetTasksRequest, BatonServiceGetTasksResponse,
    BatonServiceHeartbeatRequest, BatonServiceHeartbeatResponse, BatonServiceHelloRequest,
    BatonServiceHelloResponse, BatonServiceUploadAssetRequest, BatonServiceUploadAssetResponse,
    StartDebuggingRequest, StartDebuggingResponse,
};
use task_protocol::rules;
use tonic::{Request, Response, Status, Streaming};

pub(crate) use seen::Seen;

use self::status::{refused, wrong_id};
use crate::Inner;

/// The service as tonic calls it.
#[derive(Clone)]
pub(crate) struct Baton(pub(crate) Arc<Inner>);

#[tonic::async_trait]
impl BatonService for Baton {
    async fn hello(
        &self,
        request: Request<BatonServiceHelloRequest>,
    ) -> Result<Response<BatonServiceHelloResponse>, Status> {
        let caller = self.0.caller(request.metadata()).await?;
        rules::hello(request.get_ref())?;
        self.0.hello(&caller, request.into_inner()).await?;
        Ok(Response::new(BatonServiceHelloResponse::default()))
    }

    async fn get_task(
        &self,
        request: Request<BatonServiceGetTaskRequest>,
    ) -> Result<Response<BatonServiceGetTaskResponse>, Status> {
        let caller = self.0.caller(request.metadata()).await?;
        rules::get_task(request.get_ref())?;
        self.0.get_task(&caller, &request).await.map(Response::new)
    }

    async fn get_tasks(
        &self,
        request: Request<BatonServiceGetTasksRequest>,
    ) -> Result<Response<BatonServiceGetTasksResponse>, Status> {
        let caller = self.0.caller(request.metadata()).await?;
        rules::get_tasks(request.get_ref())?;
        self.0.get_tasks(&caller, &request).await.map(Response::new)
    }

    async fn heartbeat(
        &self,
        request: Request<BatonServiceHeartbeatRequest>,
    ) -> Result<Response<BatonServiceHeartbeatResponse>, Status> {
        let caller = self.0.caller(request.metadata()).await?;
        rules::heartbeat(request.get_ref())?;
        let request = request.into_inner();
        let claim = claim(&request.host_id, &request.task_id)?;
        self.0.note_seen(&caller, &claim.host);
        let beat = self.0.desk.beat(&caller, &claim).await.map_err(refused)?;
        let mut cancelled = Vec::new();
        for id in request.task_ids {
            let claim = self::claim(&request.host_id, &id)?;
            // What is not theirs any more is not theirs to go on with either.
            if !matches!(self.0.desk.beat(&caller, &claim).await, Ok(Beat::Continue)) {
                cancelled.push(id);
            }
        }
        Ok(Response::new(BatonServiceHeartbeatResponse {
            next_heartbeat: Some(duration(self.0.desk.rules().heartbeat)),
            cancelled: beat == Beat::Stop,
            cancelled_task_ids: cancelled,
            annotations: Vec::new(),
        }))
    }

    async fn finish_task(
        &self,
        request: Request<BatonServiceFinishTaskRequest>,
    ) -> Result<Response<BatonServiceFinishTaskResponse>, Status> {
        let caller = self.0.caller(request.metadata()).await?;
        rules::finish_task(request.get_ref())?;
        self.0.finish(&caller, request.into_inner()).await?;
        Ok(Response::new(BatonServiceFinishTaskResponse::default()))
    }

    async fn upload_asset(
        &self,
        request: Request<Streaming<BatonServiceUploadAssetRequest>>,
    ) -> Result<Response<BatonServiceUploadAssetResponse>, Status> {
        let caller = self.0.caller(request.metadata()).await?;
        self.0.receive(&caller, request.into_inner()).await?;
        Ok(Response::new(BatonServiceUploadAssetResponse::default()))
    }

    /// Debugging is asked for task by task here, so it is never on as such.
    async fn start_debugging(
        &self,
        request: Request<StartDebuggingRequest>,
    ) -> Result<Response<StartDebuggingResponse>, Status> {
        self.0.caller(request.metadata()).await?;
        Ok(Response::new(StartDebuggingResponse { status: false }))
    }
}

/// Which try somebody says is theirs.
fn claim(host: &str, id: &str) -> Result<Claim, Status> {
    Ok(Claim {
        attempt: AttemptId::parse(id).map_err(wrong_id)?,
        host: HostId::parse(host).map_err(wrong_id)?,
    })
}

/// Our times are whole seconds and parts of them, far below the limits of both forms.
fn duration(of: std::time::Duration) -> prost_types::Duration {
    of.try_into().unwrap_or_default()
}
