//! One task, from the moment it was taken until the control plane has its end.

use std::sync::Arc;
use std::time::Duration;

use proto::baton_service_v1::Task;
use tokio::sync::{oneshot, watch};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;
use tracing::Instrument as _;

use super::Service;
use super::ending::{Ending, Failure};
use super::finish::{self, Delivery};
use super::heartbeat::{self, Pulse};
use super::interruption::{Interruption, Interruptions};
use super::tasks::{self, Nature};

/// How long a sync that is stopped may take to close its file.
const CLOSING: Duration = Duration::from_secs(5);

/// Works on a task when its turn comes, and gives back its id.
pub(super) async fn work(service: Arc<Service>, task: Task, turn: oneshot::Receiver<()>) -> String {
    let (kind, taken) = (tasks::name(&task), Instant::now());
    let (pulse, heard) = watch::channel(Pulse::default());
    let _beating = beat(&service, &task.id, pulse);
    let interruptions = Interruptions {
        pulse: heard,
        stopping: service.stop.soft().clone(),
    };
    // At the level of details: the log has lines of its own for it, telemetry needs the span.
    let span = tracing::debug_span!("task", task = task.id, kind);
    let ending = in_turn(&service, &task, turn, interruptions)
        .instrument(span)
        .await;
    let took = taken.elapsed();
    let took_s = (took.as_secs_f64() * 1000.0).round() / 1000.0;
    if let Some(ending) = &ending {
        service.metrics.task_finished(kind, ending.outcome(), took);
    }
    match ending {
        None => tracing::warn!(
            task = task.id,
            kind,
            took_s,
            "task given up: it is somebody else's now"
        ),
        Some(ending) => {
            let outcome = ending.summary().to_owned();
            let delivery = finish::deliver(&service, &task.id, ending).await;
            let told = delivery == Delivery::Taken;
            tracing::info!(task = task.id, kind, took_s, outcome, told, "task ended");
        }
    }
    task.id
}

/// The heart stops when what is returned is dropped.
fn beat(service: &Arc<Service>, task_id: &str, pulse: watch::Sender<Pulse>) -> AbortOnDropHandle<()> {
    let (service, task_id) = (Arc::clone(service), task_id.to_owned());
    AbortOnDropHandle::new(tokio::spawn(async move {
        heartbeat::keep(&service, &task_id, pulse).await;
    }))
}

/// How the task ended; `None` when that is nobody's concern any more.
async fn in_turn(
    service: &Service,
    task: &Task,
    turn: oneshot::Receiver<()>,
    mut interruptions: Interruptions,
) -> Option<Ending> {
    let nature = tasks::nature(task);
    let ready = async {
        turn.await.ok();
        if nature == Nature::Sync {
            interruptions.clone().first_pulse().await;
        }
    };
    tokio::select! {
        biased;
        interruption = { let mut early = interruptions.clone(); async move { early.next().await } } => {
            return interruption.ending();
        }
        () = ready => {}
    }
    tracing::info!(task = task.id, kind = tasks::name(task), "task begun");
    if let Some(error) = service.rejection().filter(|_| nature != Nature::Hello) {
        return Some(Ending::Failed(Failure::from(&*error)));
    }
    let stop = CancellationToken::new();
    let mut work = std::pin::pin!(tasks::perform(service, task, &stop));
    let interruption = tokio::select! {
        ending = &mut work => return Some(ending),
        interruption = interruptions.next() => interruption,
    };
    if nature == Nature::Change {
        tracing::warn!(task = task.id, reason = ?interruption, "a change under way is brought to its end");
        return keep_unless_lost(work.await, &interruptions, task);
    }
    stop.cancel();
    match tokio::time::timeout(CLOSING, work).await {
        Ok(done @ Ending::Done { .. }) if interruption != Interruption::Lost => Some(done),
        _ => interruption.ending(),
    }
}

fn keep_unless_lost(ending: Ending, interruptions: &Interruptions, task: &Task) -> Option<Ending> {
    if !interruptions.is_lost() {
        return Some(ending);
    }
    tracing::warn!(
        task = task.id,
        outcome = ending.summary(),
        "the change ended, but the task is not ours any more"
    );
    None
}
