//! Saying at intervals that a task is being worked on, and hearing whether it still should be.

use std::time::Duration;

use proto::baton_service_v1::{BatonServiceHeartbeatRequest, BatonServiceHeartbeatResponse};
use tokio::sync::watch::Sender;

use super::{CallError, Service};

/// When nobody says how often.
const USUAL: Duration = Duration::from_secs(30);

/// Never more often than this.
const SHORTEST: Duration = Duration::from_secs(1);

/// Never less often than this.
const LONGEST: Duration = Duration::from_mins(5);

/// What the control plane thinks of a task that is being worked on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Pulse {
    /// It was not asked yet.
    #[default]
    Unknown,
    /// It wants it done, or could not be asked.
    Wanted,
    /// It does not want it any more.
    Cancelled,
    /// It has given it to somebody else.
    Lost,
}

/// Keeps a task alive until the control plane does not want that any more.
pub(super) async fn keep(service: &Service, task_id: &str, pulse: Sender<Pulse>) {
    let request = BatonServiceHeartbeatRequest {
        host_id: service.rules.host_id.clone(),
        task_id: task_id.to_owned(),
        ..BatonServiceHeartbeatRequest::default()
    };
    let mut interval = USUAL;
    loop {
        let answer = service.plane.heartbeat(request.clone()).await;
        if let Ok(answer) = &answer {
            interval = next(answer);
        }
        let now = hear(task_id, answer);
        pulse.send_replace(now);
        if now != Pulse::Wanted {
            return;
        }
        tokio::time::sleep(interval).await;
    }
}

fn hear(task_id: &str, answer: Result<BatonServiceHeartbeatResponse, CallError>) -> Pulse {
    match answer {
        Ok(answer) if answer.cancelled || answer.cancelled_task_ids.iter().any(|id| id == task_id) => {
            Pulse::Cancelled
        }
        Ok(_) => Pulse::Wanted,
        Err(error) if error.is_lost() => {
            // A beat that crosses the end of a short task is refused as well, so this is no warning yet.
            tracing::debug!(task = task_id, "the task is not ours any more: {error}");
            Pulse::Lost
        }
        Err(error) => {
            tracing::warn!(task = task_id, hint = error.hint(), "no heartbeat: {error}");
            Pulse::Wanted
        }
    }
}

fn next(answer: &BatonServiceHeartbeatResponse) -> Duration {
    let told = answer
        .next_heartbeat
        .and_then(|next| Duration::try_from(next).ok());
    let told = told.filter(|next| !next.is_zero());
    told.unwrap_or(USUAL).clamp(SHORTEST, LONGEST)
}
