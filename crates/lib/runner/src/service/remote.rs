//! A control plane at the other end of a connection.

mod channel;
mod chunks;

use std::future::Future;
use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use proto::baton_service_v1::baton_service_client::BatonServiceClient;
use proto::baton_service_v1::baton_service_upload_asset_request::UploadMetadata;
use proto::baton_service_v1::{
    BatonServiceFinishTaskRequest, BatonServiceGetTaskRequest, BatonServiceGetTaskResponse,
    BatonServiceGetTasksRequest, BatonServiceGetTasksResponse, BatonServiceHeartbeatRequest,
    BatonServiceHeartbeatResponse, BatonServiceHelloRequest,
};
use tonic::body::Body;
use tonic::client::GrpcService;
use tonic::codegen::{Body as HttpBody, Bytes, StdError};
use tonic::metadata::MetadataValue;
use tonic::{Code, Request, Response, Status};

use super::CallError;
use super::plane::ControlPlane;
use super::session::{Bearer, Session};
pub(super) use channel::channel;
use chunks::Chunks;

/// The longest that a call may take. Longer than it takes to notice a dead connection.
const CALL_LIMIT: Duration = Duration::from_secs(30);

/// The longest that an upload may take: 1 GiB at 3 Mbit/s.
const UPLOAD_LIMIT: Duration = Duration::from_mins(50);

/// A control plane at the other end of a connection, which is any gRPC transport.
pub(super) struct Remote<T> {
    client: BatonServiceClient<T>,
    session: Session,
}

impl<T> Remote<T>
where
    T: GrpcService<Body> + Clone + Send + Sync + 'static,
    T::ResponseBody: HttpBody<Data = Bytes> + Send + 'static,
    <T::ResponseBody as HttpBody>::Error: Into<StdError> + Send,
    T::Future: Send,
{
    pub(super) fn new(transport: T, session: Session) -> Self {
        Self {
            client: BatonServiceClient::new(transport),
            session,
        }
    }

    /// Makes a call; once more with a new token when the old one is not accepted.
    async fn call<Q, A, F>(
        &self,
        message: Q,
        limit: Duration,
        call: impl Fn(BatonServiceClient<T>, Request<Q>) -> F + Send + Sync,
    ) -> Result<A, CallError>
    where
        Q: Clone + Send,
        F: Future<Output = Result<Response<A>, Status>> + Send,
    {
        let bearer = self.session.bearer().await?;
        let again = message.clone();
        let first = within(limit, call(self.client.clone(), signed(message, &bearer, limit))).await;
        match first {
            Err(error) if error.code() == Code::Unauthenticated => {
                let bearer = self.session.renewed(&bearer).await?;
                within(limit, call(self.client.clone(), signed(again, &bearer, limit))).await
            }
            end => end,
        }
    }

    async fn send(&self, chunks: Chunks, bearer: &Bearer) -> Result<(), CallError> {
        let (messages, reading) = chunks.open();
        let mut client = self.client.clone();
        let sending = client.upload_asset(signed(messages, bearer, UPLOAD_LIMIT));
        let sent = within(UPLOAD_LIMIT, sending).await;
        // The control plane may have an end before the file has; if not, a file that cannot be read has no good end.
        match (reading.await, sent) {
            (Ok(Err(error)), _) => Err(CallError::Unreachable {
                reason: format!("cannot read the file that is uploaded: {error}"),
                hint: String::new(),
            }),
            (_, sent) => sent.map(drop),
        }
    }
}

fn signed<Q>(message: Q, bearer: &Bearer, limit: Duration) -> Request<Q> {
    let mut request = Request::new(message);
    request.set_timeout(limit);
    let metadata = request.metadata_mut();
    metadata.insert("authorization", bearer.header());
    metadata.insert(task_protocol::BEATS_ALL_HEADER, MetadataValue::from_static("all"));
    request
}

async fn within<A>(
    limit: Duration,
    call: impl Future<Output = Result<Response<A>, Status>>,
) -> Result<A, CallError> {
    match tokio::time::timeout(limit, call).await {
        Ok(Ok(answer)) => Ok(answer.into_inner()),
        Ok(Err(status)) => Err(CallError::from_status(&status)),
        Err(_) => Err(CallError::Unreachable {
            reason: format!("the control plane did not answer within {} s", limit.as_secs()),
            hint: String::new(),
        }),
    }
}

#[async_trait]
impl<T> ControlPlane for Remote<T>
where
    T: GrpcService<Body> + Clone + Send + Sync + 'static,
    T::ResponseBody: HttpBody<Data = Bytes> + Send + 'static,
    <T::ResponseBody as HttpBody>::Error: Into<StdError> + Send,
    T::Future: Send,
{
    async fn hello(&self, request: BatonServiceHelloRequest) -> Result<(), CallError> {
        let call = |mut client: BatonServiceClient<T>, request| async move { client.hello(request).await };
        self.call(request, CALL_LIMIT, call).await.map(drop)
    }

    async fn get_task(
        &self,
        request: BatonServiceGetTaskRequest,
    ) -> Result<BatonServiceGetTaskResponse, CallError> {
        let call = |mut client: BatonServiceClient<T>, request| async move { client.get_task(request).await };
        self.call(request, CALL_LIMIT, call).await
    }

    async fn get_tasks(
        &self,
        request: BatonServiceGetTasksRequest,
    ) -> Result<BatonServiceGetTasksResponse, CallError> {
        let call =
            |mut client: BatonServiceClient<T>, request| async move { client.get_tasks(request).await };
        self.call(request, CALL_LIMIT, call).await
    }

    async fn heartbeat(
        &self,
        request: BatonServiceHeartbeatRequest,
    ) -> Result<BatonServiceHeartbeatResponse, CallError> {
        let call =
            |mut client: BatonServiceClient<T>, request| async move { client.heartbeat(request).await };
        self.call(request, CALL_LIMIT, call).await
    }

    async fn finish_task(&self, request: BatonServiceFinishTaskRequest) -> Result<(), CallError> {
        let call =
            |mut client: BatonServiceClient<T>, request| async move { client.finish_task(request).await };
        self.call(request, CALL_LIMIT, call).await.map(drop)
    }

    async fn upload(&self, metadata: UploadMetadata, file: &Path) -> Result<(), CallError> {
        let bearer = self.session.bearer().await?;
        let chunks = || Chunks::new(metadata.clone(), file);
        match self.send(chunks(), &bearer).await {
            Err(error) if error.code() == Code::Unauthenticated => {
                let bearer = self.session.renewed(&bearer).await?;
                self.send(chunks(), &bearer).await
            }
            end => end,
        }
    }
}
