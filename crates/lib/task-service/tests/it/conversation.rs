//! A whole conversation, byte for byte: what is on the wire is a contract with programs that are not ours.
//!
//! The recording is in `fixtures/service-mode`; it changes only with the protocol.

use std::fmt::Write as _;
use std::marker::PhantomData;

use bytes::{Buf as _, BufMut as _, Bytes};
use prost::{Message, Name};
use proto::baton_service_v1::baton_service_finish_task_request::FinalState;
use proto::baton_service_v1::task::{ActionInvokeTask, TaskType};
use proto::baton_service_v1::{
    BatonServiceFinishTaskRequest, BatonServiceFinishTaskResponse, BatonServiceGetTaskRequest,
    BatonServiceGetTaskResponse, BatonServiceGetTasksRequest, BatonServiceGetTasksResponse,
    BatonServiceHeartbeatRequest, BatonServiceHeartbeatResponse, BatonServiceHelloRequest,
    BatonServiceHelloResponse, BatonServiceUploadAssetRequest, BatonServiceUploadAssetResponse,
};
use tonic::client::Grpc;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::codegen::http::uri::PathAndQuery;
use tonic::transport::Channel;
use tonic::{Request, Status};

use crate::files::finished;
use crate::hello::hello;
use crate::tasks::{beat, done, sync};
use crate::uploads::whole;
use crate::world::World;

/// Carries bytes as they are.
#[derive(Clone, Copy, Default)]
struct Raw(PhantomData<()>);

impl Codec for Raw {
    type Encode = Bytes;
    type Decode = Bytes;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        *self
    }

    fn decoder(&mut self) -> Self {
        *self
    }
}

impl Encoder for Raw {
    type Item = Bytes;
    type Error = Status;

    fn encode(&mut self, item: Bytes, target: &mut EncodeBuf<'_>) -> Result<(), Status> {
        target.put(item);
        Ok(())
    }
}

impl Decoder for Raw {
    type Item = Bytes;
    type Error = Status;

    fn decode(&mut self, source: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        Ok(Some(source.copy_to_bytes(source.remaining())))
    }
}

/// What is said and heard, and a way to say it.
struct Conversation {
    channel: Channel,
    token: String,
    page: String,
}

impl Conversation {
    /// Says one thing, or several in a stream, and hears one.
    async fn say<Q: Message + Name, A: Message + Name + Default>(
        &mut self,
        method: &str,
        messages: Vec<Q>,
    ) -> A {
        let bytes: Vec<Bytes> = messages
            .iter()
            .map(|message| message.encode_to_vec().into())
            .collect();
        for (message, bytes) in messages.iter().zip(&bytes) {
            self.note('>', method, message, bytes);
        }
        let mut request = Request::new(tokio_stream::iter(bytes));
        let bearer = format!("Bearer {}", self.token).parse().unwrap();
        request.metadata_mut().insert("authorization", bearer);
        let path = format!("/c1.connectorapi.baton.v1.BatonService/{method}");
        let mut client = Grpc::new(self.channel.clone());
        client.ready().await.unwrap();
        let path = PathAndQuery::from_maybe_shared(path).unwrap();
        let heard = client
            .client_streaming(request, path, Raw::default())
            .await
            .unwrap()
            .into_inner();
        let answer = A::decode(heard.clone()).unwrap();
        assert_eq!(
            answer.encode_to_vec(),
            heard,
            "nothing of the answer is unknown to us"
        );
        self.note('<', method, &answer, &heard);
        answer
    }

    fn note<M: Message + Name>(&mut self, direction: char, method: &str, message: &M, bytes: &Bytes) {
        let hex = bytes.iter().fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").unwrap();
            hex
        });
        writeln!(
            self.page,
            "{direction} {method}\n  {}\n  {hex}",
            proto::json::to_json(message)
        )
        .unwrap();
    }
}

#[tokio::test]
async fn a_whole_conversation_byte_for_byte() {
    let world = World::new().await;
    let member = world.member("Cloudflare").await;
    world.ask(&member, sync()).await;
    let action = ActionInvokeTask {
        name: "disable_token".to_owned(),
        args: Some(proto::profile_to_struct(
            &[("token_id".to_owned(), "t1".into())].into(),
        )),
        ..ActionInvokeTask::default()
    };
    world.ask(&member, TaskType::ActionInvoke(action)).await;
    let mut conversation = Conversation {
        channel: world.channel().await,
        token: world.token(&member).await,
        page: String::new(),
    };
    let page = told(&mut conversation).await;
    insta::with_settings!({
        snapshot_path => "../../../../../fixtures/service-mode",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!("conversation", page);
    });
}

async fn told(with: &mut Conversation) -> String {
    let greeting = hello("one", &["user"]);
    let _: BatonServiceHelloResponse = with
        .say::<BatonServiceHelloRequest, _>("Hello", vec![greeting])
        .await;
    let poll = BatonServiceGetTaskRequest {
        host_id: "one".to_owned(),
    };
    let answer: BatonServiceGetTaskResponse = with.say("GetTask", vec![poll.clone()]).await;
    let action = answer.task.unwrap().id;
    let mut refused = done("one", &action);
    refused.status = Some(proto::rpc::Status {
        code: 9,
        message: "provisioning is not enabled".to_owned(),
        details: Vec::new(),
    });
    refused.final_state = Some(FinalState::Error(
        proto::baton_service_v1::baton_service_finish_task_request::Error {
            non_retryable: true,
            ..Default::default()
        },
    ));
    let _: BatonServiceFinishTaskResponse = with
        .say::<BatonServiceFinishTaskRequest, _>("FinishTask", vec![refused])
        .await;
    let batch = BatonServiceGetTasksRequest {
        host_id: "one".to_owned(),
        page_size: 6,
        known_task_ids: vec![action],
        annotations: Vec::new(),
    };
    let answer: BatonServiceGetTasksResponse = with.say("GetTasks", vec![batch]).await;
    let sync = answer.tasks.into_iter().next().unwrap().id;
    let _: BatonServiceHeartbeatResponse = with
        .say::<BatonServiceHeartbeatRequest, _>("Heartbeat", vec![beat("one", &sync)])
        .await;
    let messages = whole(&sync, &finished(&["user"]).0)
        .into_iter()
        .map(|msg| BatonServiceUploadAssetRequest { msg: Some(msg) });
    let _: BatonServiceUploadAssetResponse = with.say("UploadAsset", messages.collect()).await;
    let _: BatonServiceFinishTaskResponse = with.say("FinishTask", vec![done("one", &sync)]).await;
    let _: BatonServiceGetTaskResponse = with.say("GetTask", vec![poll]).await;
    std::mem::take(&mut with.page)
}
