//! Changes of the account around a call.

use std::{
    fmt,
    sync::{Mutex, PoisonError},
};

use super::trigger::{Trigger, When};
use crate::state::State;

/// A change of the state.
pub(super) type Change = Box<dyn FnOnce(&mut State) + Send>;

/// Changes that wait for their call.
#[derive(Default)]
pub(super) struct Changes(Mutex<Vec<(Trigger, Change)>>);

impl Changes {
    pub(super) fn add(&self, when: When, change: Change) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((Trigger::new(when), change));
    }

    /// Takes out what is to happen at this call.
    pub(super) fn take(&self, method: &str, path: &str) -> Vec<Change> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting
            .extract_if(.., |(trigger, _)| trigger.fires(method, path))
            .map(|(_, change)| change)
            .collect()
    }
}

impl fmt::Debug for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Changes").finish_non_exhaustive()
    }
}
