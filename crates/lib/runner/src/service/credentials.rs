//! Whether the source accepts the connector's credential: asked at the start, and again while it does not.

use std::sync::Arc;
use std::time::Duration;

use connector::{ConnectorError, ErrorKind};

use super::Service;
use super::readiness::Credentials;

/// The longest that one question may take.
const LIMIT: Duration = Duration::from_secs(30);

/// Asks once, and keeps the answer.
pub(super) async fn check(service: &Service) {
    let found = match tokio::time::timeout(LIMIT, service.connected.syncer.validate()).await {
        Ok(Ok(_)) => Credentials::Accepted,
        Ok(Err(error)) if is_rejection(&error) => Credentials::Rejected(Arc::new(error)),
        Ok(Err(error)) => {
            tracing::warn!(hint = error.hint, "cannot check the credential: {error}");
            Credentials::Unknown
        }
        Err(_) => Credentials::Unknown,
    };
    if let Credentials::Rejected(error) = &found {
        tracing::error!(
            hint = error.hint,
            "the source does not accept the connector's credential: {error}"
        );
    }
    service
        .readiness
        .send_modify(|readiness| readiness.credentials = found);
}

/// Asks again until the credential is accepted, at growing intervals.
pub(super) async fn keep_checking(service: &Service) {
    let mut failures = 4;
    while !matches!(service.readiness.borrow().credentials, Credentials::Accepted) {
        tokio::time::sleep(service.spread.doubling(failures)).await;
        failures = failures.saturating_add(1);
        check(service).await;
        if matches!(service.readiness.borrow().credentials, Credentials::Accepted) {
            tracing::info!("the source accepts the connector's credential now");
        }
    }
}

/// What will not pass by itself.
fn is_rejection(error: &ConnectorError) -> bool {
    matches!(
        error.kind,
        ErrorKind::Unauthenticated
            | ErrorKind::PermissionDenied
            | ErrorKind::InvalidArgument
            | ErrorKind::FailedPrecondition
            | ErrorKind::NotFound
    )
}
