//! Telling how a task ended, until that has arrived.

use super::Service;
use super::ending::Ending;

/// How the telling ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Delivery {
    /// The control plane has it.
    Taken,
    /// The control plane does not want it.
    Refused,
}

/// Tells how a task ended, as often as it takes.
pub(super) async fn deliver(service: &Service, task_id: &str, ending: Ending) -> Delivery {
    let request = ending.into_request(&service.rules.host_id, task_id);
    let mut failures = 0;
    loop {
        let error = match service.plane.finish_task(request.clone()).await {
            Ok(()) => return Delivery::Taken,
            Err(error) => error,
        };
        let hint = error.hint();
        if error.is_final() {
            tracing::error!(
                task = task_id,
                hint,
                "the control plane does not take the result: {error}"
            );
            return Delivery::Refused;
        }
        failures += 1;
        let wait = service.spread.doubling(failures);
        let wait_s = wait.as_secs_f32();
        tracing::warn!(
            task = task_id,
            wait_s,
            hint,
            "the result was not delivered, trying again: {error}"
        );
        tokio::time::sleep(wait).await;
    }
}
