//! The loop: asking for tasks, and letting them begin.

use std::collections::HashMap;
use std::future::{Future, pending};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use proto::baton_service_v1::task::TaskType;
use proto::baton_service_v1::{BatonServiceGetTaskRequest, BatonServiceGetTasksRequest, Task};
use runtime::telemetry;
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::desk::Desk;
use super::readiness::Reach;
use super::tasks::{self, Nature};
use super::work::work;
use super::{CallError, Service};

/// When to ask again after there was nothing to do and nobody said.
const USUAL: Duration = Duration::from_secs(5);

/// Never sooner than this after there was nothing to do.
const SHORTEST: Duration = Duration::from_secs(1);

/// Never later than this.
const LONGEST: Duration = Duration::from_mins(5);

/// How long an answer is waited for when the process ends. Tasks that it brings are handed back.
const LAST_ANSWER: Duration = Duration::from_secs(3);

/// The most tasks that may be asked for at once.
const MOST_TASKS: usize = 100;

/// An answer to the question for tasks.
struct Found {
    tasks: Vec<Task>,
    next_poll: Option<prost_types::Duration>,
}

type Asking = Pin<Box<dyn Future<Output = Result<Found, CallError>> + Send>>;

/// Asks for tasks and has them worked on, until the process is to end and all of them have.
pub(super) async fn run(service: &Arc<Service>) {
    let mut poll = Poll::new(service);
    while !service.stop.soft().is_cancelled() {
        poll.step(service).await;
    }
    poll.drain(service).await;
}

struct Poll {
    desk: Desk,
    workers: JoinSet<String>,
    /// How to tell a task that it is its turn.
    turns: HashMap<String, oneshot::Sender<()>>,
    /// The question under way. It is never dropped, because its answer may hand tasks over.
    asking: Option<Asking>,
    next: Instant,
    failures: u32,
}

impl Poll {
    fn new(service: &Service) -> Self {
        Self {
            desk: Desk::new(service.rules.concurrency),
            workers: JoinSet::new(),
            turns: HashMap::new(),
            asking: None,
            next: Instant::now(),
            failures: 0,
        }
    }

    /// Waits for the next thing to happen, and sees to it.
    async fn step(&mut self, service: &Arc<Service>) {
        for id in self.desk.begin() {
            if let Some(turn) = self.turns.remove(&id) {
                turn.send(()).ok();
            }
        }
        let idle = self.asking.is_none() && self.desk.wants() > 0;
        tokio::select! {
            biased;
            () = service.stop.soft().cancelled() => {}
            Some(ended) = self.workers.join_next() => self.ended(ended),
            answer = answer(&mut self.asking) => self.answered(service, answer),
            () = tokio::time::sleep_until(self.next), if idle => {
                self.asking = Some(ask(service, &self.desk));
            }
        }
    }

    /// Lets everything end. What is still handed over goes back at once, because every task hears of the end.
    async fn drain(&mut self, service: &Arc<Service>) {
        if let Some(asking) = self.asking.take()
            && let Ok(answer) = tokio::time::timeout(LAST_ANSWER, asking).await
        {
            self.answered(service, answer);
        }
        while let Some(ended) = self.workers.join_next().await {
            self.ended(ended);
        }
    }

    fn ended(&mut self, ended: Result<String, tokio::task::JoinError>) {
        match ended {
            Ok(id) => {
                self.turns.remove(&id);
                self.desk.end(&id);
            }
            Err(error) => tracing::error!("a task broke off; this is a mistake in the program: {error}"),
        }
    }

    fn answered(&mut self, service: &Arc<Service>, answer: Result<Found, CallError>) {
        self.asking = None;
        let (reach, wait) = match answer {
            Ok(found) => {
                self.failures = 0;
                (Reach::Connected, self.take(service, found))
            }
            Err(error) => {
                self.failures = self.failures.saturating_add(1);
                service.metrics.polled(telemetry::Poll::Failed);
                let wait = service.spread.squared(self.failures);
                let wait_s = wait.as_secs_f32();
                tracing::warn!(
                    wait_s,
                    hint = error.hint(),
                    "no answer to the question for tasks: {error}"
                );
                (Reach::Unreachable(error.to_string()), wait)
            }
        };
        service
            .readiness
            .send_modify(|readiness| readiness.control_plane = reach);
        self.next = Instant::now() + wait;
    }

    /// Takes what is new, and says when to ask again.
    fn take(&mut self, service: &Arc<Service>, found: Found) -> Duration {
        let mut any = false;
        for task in found.tasks.into_iter().filter(is_something) {
            any |= self.take_one(service, task);
        }
        service.metrics.polled(if any {
            telemetry::Poll::Task
        } else {
            telemetry::Poll::Nothing
        });
        let told = found.next_poll.and_then(|next| Duration::try_from(next).ok());
        if any {
            told.unwrap_or_default().min(LONGEST)
        } else {
            told.filter(|next| !next.is_zero())
                .unwrap_or(USUAL)
                .clamp(SHORTEST, LONGEST)
        }
    }

    fn take_one(&mut self, service: &Arc<Service>, task: Task) -> bool {
        let new = self.desk.take(&task.id, tasks::nature(&task) == Nature::Sync);
        if new {
            let (turn, his_turn) = oneshot::channel();
            self.turns.insert(task.id.clone(), turn);
            self.workers.spawn(work(Arc::clone(service), task, his_turn));
        } else {
            tracing::debug!(task = task.id, "the task is being worked on already");
        }
        new
    }
}

fn is_something(task: &Task) -> bool {
    !task.id.is_empty() && !matches!(task.task_type, Some(TaskType::None(_)))
}

/// The answer to the question under way; none ever when there is no question.
async fn answer(asking: &mut Option<Asking>) -> Result<Found, CallError> {
    match asking {
        Some(asking) => asking.await,
        None => pending().await,
    }
}

fn ask(service: &Arc<Service>, desk: &Desk) -> Asking {
    let service = Arc::clone(service);
    if service.rules.batched {
        let request = BatonServiceGetTasksRequest {
            host_id: service.rules.host_id.clone(),
            page_size: u32::try_from(desk.wants().min(MOST_TASKS)).unwrap_or(1),
            known_task_ids: desk.known(),
            ..BatonServiceGetTasksRequest::default()
        };
        return Box::pin(async move { several(&service, request).await });
    }
    Box::pin(async move { one(&service).await })
}

async fn one(service: &Service) -> Result<Found, CallError> {
    let host_id = service.rules.host_id.clone();
    let answer = service
        .plane
        .get_task(BatonServiceGetTaskRequest { host_id })
        .await?;
    Ok(Found {
        tasks: answer.task.into_iter().collect(),
        next_poll: answer.next_poll,
    })
}

async fn several(service: &Service, request: BatonServiceGetTasksRequest) -> Result<Found, CallError> {
    let answer = service.plane.get_tasks(request).await?;
    Ok(Found {
        tasks: answer.tasks,
        next_poll: answer.next_poll,
    })
}
