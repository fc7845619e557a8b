//! A control plane that does as a test says, and holds every request to the protocol's rules.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use proto::baton_service_v1::baton_service_finish_task_request::FinalState;
use proto::baton_service_v1::baton_service_server::BatonService;
use proto::baton_service_v1::baton_service_upload_asset_request::Msg;
use proto::baton_service_v1::{
    BatonServiceFinishTaskRequest, BatonServiceFinishTaskResponse, BatonServiceGetTaskRequest,
    BatonServiceGetTaskResponse, BatonServiceGetTasksRequest, BatonServiceGetTasksResponse,
    BatonServiceHeartbeatRequest, BatonServiceHeartbeatResponse, BatonServiceHelloRequest,
    BatonServiceHelloResponse, BatonServiceUploadAssetRequest, BatonServiceUploadAssetResponse,
    StartDebuggingRequest, StartDebuggingResponse, Task,
};
use sha2::{Digest, Sha256};
use task_protocol::rules;
use tokio::time::Instant;
use tonic::{Request, Response, Status, Streaming};

/// What the control plane does. Whatever is not said goes well.
#[derive(Default)]
pub(in crate::service::tests) struct Plan {
    /// How the first hellos end.
    pub(in crate::service::tests) hellos: VecDeque<Status>,
    /// How the first questions for tasks end.
    pub(in crate::service::tests) polls: VecDeque<Status>,
    /// What there is to do, one for each question.
    pub(in crate::service::tests) tasks: VecDeque<Task>,
    /// Whether the first task is given again and again until it is finished.
    pub(in crate::service::tests) again: bool,
    /// In how many seconds to ask again.
    pub(in crate::service::tests) next_poll: Option<u64>,
    /// How the first heartbeats of a task end.
    pub(in crate::service::tests) beats: HashMap<String, VecDeque<Beat>>,
    /// How the first attempts to finish a task end.
    pub(in crate::service::tests) finishes: VecDeque<Status>,
    /// How the first uploads end.
    pub(in crate::service::tests) uploads: VecDeque<Status>,
    /// The number of the first token that is accepted.
    pub(in crate::service::tests) accepts_from: u32,
}

/// How a heartbeat ends.
#[derive(Clone, Debug)]
pub(in crate::service::tests) enum Beat {
    Next(u64),
    Cancelled,
    CancelledById,
    Fails(Status),
}

/// A control plane.
#[derive(Clone)]
pub(in crate::service::tests) struct Plane(Arc<Inner>);

struct Inner {
    began: Instant,
    state: Mutex<State>,
}

struct State {
    plan: Plan,
    heard: Vec<String>,
    finished: Vec<BatonServiceFinishTaskRequest>,
    /// The files that arrived, with the sizes of their pieces.
    files: Vec<(Vec<u8>, Vec<usize>)>,
    hello: Option<BatonServiceHelloRequest>,
}

impl Plane {
    pub(super) fn new(plan: Plan) -> Self {
        let state = State {
            plan,
            heard: Vec::new(),
            finished: Vec::new(),
            files: Vec::new(),
            hello: None,
        };
        Self(Arc::new(Inner {
            began: Instant::now(),
            state: Mutex::new(state),
        }))
    }

    /// A line for each thing that was said, with the second in which it was.
    pub(in crate::service::tests) fn heard(&self) -> String {
        self.state().heard.join("\n")
    }

    /// In how many of these lines a word is.
    pub(in crate::service::tests) fn count(&self, word: &str) -> usize {
        let state = self.state();
        state.heard.iter().filter(|line| line.contains(word)).count()
    }

    pub(in crate::service::tests) fn finished(&self) -> Vec<BatonServiceFinishTaskRequest> {
        self.state().finished.clone()
    }

    pub(in crate::service::tests) fn files(&self) -> Vec<(Vec<u8>, Vec<usize>)> {
        self.state().files.clone()
    }

    pub(in crate::service::tests) fn hello(&self) -> Option<BatonServiceHelloRequest> {
        self.state().hello.clone()
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.state.lock().unwrap()
    }

    fn hear(&self, what: &str) {
        let second = self.0.began.elapsed().as_secs();
        self.state().heard.push(format!("{second:>3} {what}"));
    }

    /// The message, if the token is good and no rule is broken.
    fn take<Q>(
        &self,
        request: Request<Q>,
        rule: impl Fn(&Q) -> Result<(), rules::Broken>,
    ) -> Result<Q, Status> {
        self.check_token(&request)?;
        let message = request.into_inner();
        rule(&message)?;
        Ok(message)
    }

    fn check_token<Q>(&self, request: &Request<Q>) -> Result<(), Status> {
        let header = request.metadata().get("authorization");
        let header = header.and_then(|header| header.to_str().ok()).unwrap_or_default();
        let number: u32 = header
            .strip_prefix("Bearer token-")
            .and_then(|number| number.parse().ok())
            .unwrap_or_default();
        if number < self.state().plan.accepts_from.max(1) {
            self.hear(&format!("refuses token-{number}"));
            return Err(Status::unauthenticated("this token has ended"));
        }
        Ok(())
    }
}

/// An id without the zeros in front.
fn short(id: &str) -> &str {
    id.trim_start_matches('0')
}

fn seconds(seconds: Option<u64>) -> Option<prost_types::Duration> {
    seconds.map(|seconds| Duration::from_secs(seconds).try_into().unwrap())
}

fn end<T>(failure: Option<Status>, success: T) -> Result<Response<T>, Status> {
    failure.map_or(Ok(Response::new(success)), Err)
}

#[tonic::async_trait]
impl BatonService for Plane {
    async fn hello(
        &self,
        request: Request<BatonServiceHelloRequest>,
    ) -> Result<Response<BatonServiceHelloResponse>, Status> {
        let request = self.take(request, rules::hello)?;
        self.hear(format!("hello {}", short(&request.task_id)).trim_end());
        let mut state = self.state();
        state.hello = Some(request);
        end(
            state.plan.hellos.pop_front(),
            BatonServiceHelloResponse::default(),
        )
    }

    async fn get_task(
        &self,
        request: Request<BatonServiceGetTaskRequest>,
    ) -> Result<Response<BatonServiceGetTaskResponse>, Status> {
        self.take(request, rules::get_task)?;
        let (failure, task, next_poll) = {
            let plan = &mut self.state().plan;
            let task = if plan.again {
                plan.tasks.front().cloned()
            } else {
                plan.tasks.pop_front()
            };
            (plan.polls.pop_front(), task, seconds(plan.next_poll))
        };
        let given = task.as_ref().map_or("nothing", |task| short(&task.id));
        self.hear(&format!("get task: {given}"));
        let answer = BatonServiceGetTaskResponse {
            task,
            next_poll,
            ..BatonServiceGetTaskResponse::default()
        };
        end(failure, answer)
    }

    async fn get_tasks(
        &self,
        request: Request<BatonServiceGetTasksRequest>,
    ) -> Result<Response<BatonServiceGetTasksResponse>, Status> {
        let request = self.take(request, rules::get_tasks)?;
        let (tasks, next_poll) = {
            let plan = &mut self.state().plan;
            let most = usize::try_from(request.page_size).unwrap().min(plan.tasks.len());
            (
                plan.tasks.drain(..most).collect::<Vec<_>>(),
                seconds(plan.next_poll),
            )
        };
        let known: Vec<&str> = request.known_task_ids.iter().map(|id| short(id)).collect();
        let given: Vec<&str> = tasks.iter().map(|task| short(&task.id)).collect();
        self.hear(&format!(
            "get {} tasks, knowing {known:?}: {given:?}",
            request.page_size
        ));
        Ok(Response::new(BatonServiceGetTasksResponse {
            tasks,
            next_poll,
            ..BatonServiceGetTasksResponse::default()
        }))
    }

    async fn heartbeat(
        &self,
        request: Request<BatonServiceHeartbeatRequest>,
    ) -> Result<Response<BatonServiceHeartbeatResponse>, Status> {
        let id = self.take(request, rules::heartbeat)?.task_id;
        self.hear(&format!("heartbeat {}", short(&id)));
        let beat = self
            .state()
            .plan
            .beats
            .get_mut(short(&id))
            .and_then(VecDeque::pop_front);
        let mut answer = BatonServiceHeartbeatResponse::default();
        match beat {
            None => {}
            Some(Beat::Next(next)) => answer.next_heartbeat = seconds(Some(next)),
            Some(Beat::Cancelled) => answer.cancelled = true,
            Some(Beat::CancelledById) => answer.cancelled_task_ids = vec![id],
            Some(Beat::Fails(status)) => return Err(status),
        }
        Ok(Response::new(answer))
    }

    async fn finish_task(
        &self,
        request: Request<BatonServiceFinishTaskRequest>,
    ) -> Result<Response<BatonServiceFinishTaskResponse>, Status> {
        let request = self.take(request, rules::finish_task)?;
        let told = match (&request.final_state, &request.status) {
            (Some(FinalState::Success(_)), None) => "done".to_owned(),
            (Some(FinalState::Error(error)), Some(status)) => {
                let again = if error.non_retryable {
                    "for good"
                } else {
                    "for now"
                };
                format!("{} {again}: {}", status.code, status.message)
            }
            _ => "nonsense".to_owned(),
        };
        self.hear(&format!("finish {}: {told}", short(&request.task_id)));
        let mut state = self.state();
        let failure = state.plan.finishes.pop_front();
        if failure.is_none() {
            state.plan.tasks.retain(|task| task.id != request.task_id);
            state.finished.push(request);
        }
        end(failure, BatonServiceFinishTaskResponse::default())
    }

    async fn upload_asset(
        &self,
        request: Request<Streaming<BatonServiceUploadAssetRequest>>,
    ) -> Result<Response<BatonServiceUploadAssetResponse>, Status> {
        self.check_token(&request)?;
        let mut messages = request.into_inner();
        let (mut file, mut sizes, mut id, mut checksum) = (Vec::new(), Vec::new(), None, None);
        while let Some(message) = messages.message().await? {
            rules::upload(&message)?;
            match message.msg.unwrap() {
                Msg::Metadata(metadata) if id.is_none() => id = Some(metadata.task_id),
                Msg::Data(data) if id.is_some() && checksum.is_none() => {
                    sizes.push(data.data.len());
                    file.extend_from_slice(&data.data);
                }
                Msg::Eof(eof) if id.is_some() && checksum.is_none() => checksum = Some(eof.sha256_checksum),
                _ => return Err(Status::failed_precondition("messages in another order")),
            }
        }
        if checksum != Some(Sha256::digest(&file).to_vec()) {
            return Err(Status::data_loss("another checksum"));
        }
        self.hear(&format!("upload {}", short(&id.unwrap())));
        let mut state = self.state();
        let failure = state.plan.uploads.pop_front();
        if failure.is_none() {
            state.files.push((file, sizes));
        }
        end(failure, BatonServiceUploadAssetResponse::default())
    }

    async fn start_debugging(
        &self,
        _: Request<StartDebuggingRequest>,
    ) -> Result<Response<StartDebuggingResponse>, Status> {
        Err(Status::unimplemented("nobody asks for that"))
    }
}
