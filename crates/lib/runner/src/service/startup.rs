//! Saying hello until the control plane answers.

use super::readiness::Reach;
use super::{CallError, Service};

/// Says hello until the control plane answers, or says something that will not change by itself.
pub(super) async fn greet(service: &Service) -> Result<(), CallError> {
    let mut failures = 0;
    loop {
        let error = match service.plane.hello(service.hello.clone()).await {
            Ok(()) => break,
            Err(error) => error,
        };
        if error.ends_startup() {
            return Err(error);
        }
        failures += 1;
        let wait = service.spread.doubling(failures);
        let wait_s = wait.as_secs_f32();
        tracing::warn!(
            attempt = failures,
            wait_s,
            hint = error.hint(),
            "no answer to hello, trying again: {error}"
        );
        reached(service, Reach::Unreachable(error.to_string()));
        tokio::time::sleep(wait).await;
    }
    reached(service, Reach::Connected);
    Ok(())
}

fn reached(service: &Service, reach: Reach) {
    service
        .readiness
        .send_modify(|readiness| readiness.control_plane = reach);
}
