//! Runs of actions: begun, waited for a while, asked about later.

mod arguments;
mod run;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use connector::{Actions, ConnectorError, ErrorKind};
use model::{IdSource, Profile};
use tokio::sync::watch::{self, Receiver, Sender};
use tracing::Instrument as _;

pub(crate) use arguments::{check, takes};
pub(crate) use run::{ActionRun, State};

use crate::progress::locked;

/// How many runs that ended are remembered.
const REMEMBERED: usize = 100;

/// The action runs of a process. A run goes on whether anybody waits for it or not.
pub(crate) struct ActionRuns {
    actions: Arc<dyn Actions>,
    ids: Arc<dyn IdSource>,
    /// The newest last.
    runs: Mutex<VecDeque<Receiver<ActionRun>>>,
}

impl ActionRuns {
    pub(crate) fn new(actions: Arc<dyn Actions>, ids: Arc<dyn IdSource>) -> Self {
        Self {
            actions,
            ids,
            runs: Mutex::default(),
        }
    }

    /// Begins a run of an action, whose arguments are checked, and gives it so long to end. Must be called inside a
    /// runtime.
    pub(crate) async fn start(&self, name: &str, arguments: Profile, wait: Duration) -> ActionRun {
        let (sender, receiver) = watch::channel(ActionRun::new(self.new_id(), name));
        self.remember(receiver.clone());
        let run = to_its_end(Arc::clone(&self.actions), arguments, sender);
        tokio::spawn(run.in_current_span());
        at_most(wait, receiver).await
    }

    /// How a run is after so long at most, or as soon as it ended; `None` when it is not remembered.
    pub(crate) async fn status(&self, id: &str, wait: Duration) -> Option<ActionRun> {
        let found = locked(&self.runs)
            .iter()
            .find(|run| run.borrow().id == id)
            .cloned();
        Some(at_most(wait, found?).await)
    }

    fn new_id(&self) -> String {
        format!("{:032x}", u128::from_be_bytes(self.ids.next_bytes()))
    }

    /// The oldest of those that ended makes room.
    fn remember(&self, run: Receiver<ActionRun>) {
        let mut runs = locked(&self.runs);
        let ended = runs.iter().filter(|run| run.borrow().is_ended()).count();
        let oldest = runs.iter().position(|run| run.borrow().is_ended());
        if let Some(oldest) = oldest.filter(|_| ended >= REMEMBERED) {
            runs.remove(oldest);
        }
        runs.push_back(run);
    }
}

async fn to_its_end(actions: Arc<dyn Actions>, arguments: Profile, run: Sender<ActionRun>) {
    let name = run.borrow().name.clone();
    run.send_modify(|run| run.state = State::Running);
    let state = match actions.invoke(&name, &arguments).await {
        Ok(response) => State::Complete(response),
        Err(error) => State::Failed(Arc::new(error)),
    };
    run.send_modify(|run| run.state = state);
}

/// How the run is when it ended or the time is over.
async fn at_most(wait: Duration, mut run: Receiver<ActionRun>) -> ActionRun {
    let lost = matches!(
        tokio::time::timeout(wait, run.wait_for(ActionRun::is_ended)).await,
        Ok(Err(_))
    );
    let mut run = run.borrow().clone();
    if lost {
        let error = ConnectorError::new(ErrorKind::Internal, "the action ended without a result");
        run.state = State::Failed(Arc::new(error));
    }
    run
}

#[cfg(test)]
mod tests;
