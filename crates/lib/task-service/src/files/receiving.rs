//! One file at a time from each try of a task, so that nobody can fill the disk from many sides.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use governance::AttemptId;

/// The tries that a file is being received from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Receiving(Arc<Mutex<HashSet<AttemptId>>>);

/// It is somebody's turn until this is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    receiving: Receiving,
    attempt: AttemptId,
}

impl Receiving {
    /// A turn, unless this try has one.
    pub(crate) fn turn(&self, attempt: &AttemptId) -> Option<Turn> {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        running.insert(attempt.clone()).then(|| Turn {
            receiving: self.clone(),
            attempt: attempt.clone(),
        })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut running = self.receiving.0.lock().unwrap_or_else(PoisonError::into_inner);
        running.remove(&self.attempt);
    }
}
