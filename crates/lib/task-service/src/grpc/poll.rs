//! Asking for tasks.

use std::time::Duration;

use governance::{Asked, Caller, HostId, Taken};
use prost::Message as _;
use proto::baton_service_v1::{
    BatonServiceGetTaskRequest, BatonServiceGetTaskResponse, BatonServiceGetTasksRequest,
    BatonServiceGetTasksResponse, Task, task,
};
use task_protocol::BEATS_ALL_HEADER;
use tonic::{Request, Status};

use super::duration;
use super::status::{refused, wrong_id};
use crate::Inner;

impl Inner {
    pub(super) async fn get_task(
        &self,
        caller: &Caller,
        request: &Request<BatonServiceGetTaskRequest>,
    ) -> Result<BatonServiceGetTaskResponse, Status> {
        let asked = Asked {
            host: HostId::parse(&request.get_ref().host_id).map_err(wrong_id)?,
            beats_all: beats_all(request),
            at_most: 1,
        };
        let task = self.take(caller, &asked).await?.pop();
        Ok(BatonServiceGetTaskResponse {
            next_poll: Some(duration(self.next_poll(task.is_some()))),
            next_heartbeat: Some(duration(self.desk.rules().heartbeat)),
            task,
            annotations: Vec::new(),
        })
    }

    pub(super) async fn get_tasks(
        &self,
        caller: &Caller,
        request: &Request<BatonServiceGetTasksRequest>,
    ) -> Result<BatonServiceGetTasksResponse, Status> {
        let asked = Asked {
            host: HostId::parse(&request.get_ref().host_id).map_err(wrong_id)?,
            beats_all: beats_all(request),
            at_most: request.get_ref().page_size.into(),
        };
        let tasks = self.take(caller, &asked).await?;
        Ok(BatonServiceGetTasksResponse {
            next_poll: Some(duration(self.next_poll(!tasks.is_empty()))),
            next_heartbeat: Some(duration(self.desk.rules().heartbeat)),
            tasks,
            annotations: Vec::new(),
        })
    }

    async fn take(&self, caller: &Caller, asked: &Asked) -> Result<Vec<Task>, Status> {
        self.note_seen(caller, &asked.host);
        let taken = self.desk.take(caller, asked).await.map_err(refused)?;
        Ok(taken.iter().map(|taken| message(taken, &asked.host)).collect())
    }

    /// Whoever got something asks for more at once.
    fn next_poll(&self, got_something: bool) -> Duration {
        if got_something {
            Duration::ZERO
        } else {
            self.settings.next_poll
        }
    }
}

/// A task as it is handed out: under the id of this try.
fn message(taken: &Taken, host: &HostId) -> Task {
    tracing::info!(task = %taken.attempt.id, kind = %taken.work.kind, %host, "task handed out");
    // What is stored was encoded here.
    let task = Task::decode(taken.work.message.as_slice()).unwrap_or_default();
    Task {
        id: taken.attempt.id.to_string(),
        status: task::Status::Running.into(),
        ..task
    }
}

fn beats_all<T>(request: &Request<T>) -> bool {
    request.metadata().contains_key(BEATS_ALL_HEADER)
}
