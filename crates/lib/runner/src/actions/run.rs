//! One run of an action.

use std::sync::Arc;

use connector::ConnectorError;
use model::Profile;
use proto::connector_v2::BatonActionStatus;

/// A run of an action, as it is at a moment.
#[derive(Clone, Debug)]
pub(crate) struct ActionRun {
    /// By which it is asked about.
    pub(crate) id: String,
    /// The action.
    pub(crate) name: String,
    pub(crate) state: State,
}

/// How far a run is.
#[derive(Clone, Debug)]
pub(crate) enum State {
    /// Not begun.
    Pending,
    /// Under way.
    Running,
    /// At its end, with what it gives.
    Complete(Profile),
    /// At its end, without success.
    Failed(Arc<ConnectorError>),
}

impl ActionRun {
    pub(super) fn new(id: String, name: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            state: State::Pending,
        }
    }

    /// Whether nothing more will happen.
    pub(crate) fn is_ended(&self) -> bool {
        matches!(self.state, State::Complete(_) | State::Failed(_))
    }

    /// The same in a word.
    pub(crate) fn status(&self) -> BatonActionStatus {
        match self.state {
            State::Pending => BatonActionStatus::Pending,
            State::Running => BatonActionStatus::Running,
            State::Complete(_) => BatonActionStatus::Complete,
            State::Failed(_) => BatonActionStatus::Failed,
        }
    }
}
