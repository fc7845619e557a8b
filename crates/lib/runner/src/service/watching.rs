//! How the service is, for whoever asks over HTTP.

use std::sync::Arc;

use model::Clock;
use runtime::{Checks, HealthServer, Verdict};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::readiness::{Credentials, Reach, Readiness};
use crate::error::RunError;
use crate::settings::HealthEndpoint;

/// What is known at the moment of a question.
struct Known(watch::Receiver<Readiness>);

impl Checks for Known {
    /// Nothing is known to be wrong.
    fn health(&self) -> Verdict {
        let known = self.0.borrow();
        let wrong = matches!(known.credentials, Credentials::Rejected(_))
            || matches!(known.control_plane, Reach::Unreachable(_));
        Verdict {
            ok: !wrong,
            details: details(&known),
        }
    }

    /// The source accepts the credential, and the control plane answers.
    fn readiness(&self) -> Verdict {
        let known = self.0.borrow();
        Verdict {
            ok: matches!(known.credentials, Credentials::Accepted) && known.control_plane == Reach::Connected,
            details: details(&known),
        }
    }
}

fn details(known: &Readiness) -> Vec<(&'static str, String)> {
    let credentials = match &known.credentials {
        Credentials::Unknown => "not checked yet".to_owned(),
        Credentials::Accepted => "accepted".to_owned(),
        Credentials::Rejected(error) => format!("rejected: {error}"),
    };
    let control_plane = match &known.control_plane {
        Reach::Connecting => "connecting".to_owned(),
        Reach::Connected => "connected".to_owned(),
        Reach::Unreachable(reason) => format!("unreachable: {reason}"),
    };
    vec![("credentials", credentials), ("control_plane", control_plane)]
}

/// Answers questions from now on, also while the control plane is waited for, until it is told to stop.
pub(super) async fn begin(
    endpoint: &HealthEndpoint,
    readiness: watch::Receiver<Readiness>,
    clock: Arc<dyn Clock>,
    stop: CancellationToken,
) -> Result<(), RunError> {
    let server = HealthServer::bind(&endpoint.address, endpoint.port).await?;
    tracing::info!(address = %server.address(), "questions about health are answered");
    let now = Arc::new(move || clock.now());
    tokio::spawn(server.serve(Arc::new(Known(readiness)), now, stop));
    Ok(())
}

#[cfg(test)]
mod tests {
    use connector::{ConnectorError, ErrorKind};

    use super::*;

    fn told(credentials: Credentials, control_plane: Reach) -> [bool; 2] {
        let (_sender, receiver) = watch::channel(Readiness {
            credentials,
            control_plane,
        });
        let known = Known(receiver);
        [known.health().ok, known.readiness().ok]
    }

    #[test]
    fn ready_is_who_has_a_good_credential_and_a_control_plane() {
        let rejected = || {
            let error = ConnectorError::new(ErrorKind::Unauthenticated, "no such token");
            Credentials::Rejected(Arc::new(error))
        };
        let away = || Reach::Unreachable("nobody answers".to_owned());
        assert_eq!(told(Credentials::Accepted, Reach::Connected), [true, true]);
        assert_eq!(told(Credentials::Unknown, Reach::Connecting), [true, false]);
        assert_eq!(told(Credentials::Unknown, Reach::Connected), [true, false]);
        assert_eq!(told(Credentials::Accepted, away()), [false, false]);
        assert_eq!(told(rejected(), Reach::Connected), [false, false]);
    }
}
