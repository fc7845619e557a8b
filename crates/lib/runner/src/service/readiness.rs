//! How the service is, for whoever watches it.

use std::sync::Arc;

use connector::ConnectorError;

/// How the service is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Readiness {
    pub(crate) credentials: Credentials,
    pub(crate) control_plane: Reach,
}

/// Whether the source accepts the connector's credential.
#[derive(Clone, Debug, Default)]
pub(crate) enum Credentials {
    /// The source was not asked, or did not answer.
    #[default]
    Unknown,
    /// It does.
    Accepted,
    /// It does not.
    Rejected(Arc<ConnectorError>),
}

/// Whether the control plane answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Reach {
    /// It was not reached so far.
    #[default]
    Connecting,
    /// It answered the last question.
    Connected,
    /// It did not answer the last question; why, in a sentence.
    Unreachable(String),
}

impl Readiness {
    pub(super) fn rejection(&self) -> Option<Arc<ConnectorError>> {
        match &self.credentials {
            Credentials::Rejected(error) => Some(Arc::clone(error)),
            Credentials::Unknown | Credentials::Accepted => None,
        }
    }
}
