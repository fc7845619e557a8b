//! Fault switches.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use super::trigger::{Trigger, When};

/// Something that goes wrong with one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// An error of the API itself, in its envelope.
    Status {
        /// HTTP status.
        status: u16,
        /// `errors[0].code`.
        code: u32,
        /// `errors[0].message`.
        message: String,
        /// `Retry-After` in seconds.
        retry_after: Option<u64>,
    },
    /// A page of HTML from the edge.
    Html {
        /// HTTP status.
        status: u16,
        /// `Retry-After` in seconds.
        retry_after: Option<u64>,
    },
    /// An RFC 9457 problem document from the edge.
    Problem {
        /// HTTP status.
        status: u16,
        /// `Retry-After` in seconds.
        retry_after: Option<u64>,
    },
    /// The connection is reset before a byte of the answer.
    Reset,
    /// Half of the answer, then the connection closes; `Content-Length` tells of the whole.
    Truncated,
    /// The answer in `pieces`, a `pause` before each.
    Slow {
        /// How many pieces.
        pieces: usize,
        /// Pause before each.
        pause: Duration,
    },
    /// Status 200 and text that is not JSON.
    Garbage,
    /// Status 200 and nothing.
    Empty,
}

impl Fault {
    /// An error in the API's envelope, without `Retry-After`.
    pub fn status(status: u16) -> Self {
        Self::Status {
            status,
            code: 1000,
            message: "fault switch".to_owned(),
            retry_after: None,
        }
    }

    /// A 502 page of HTML from the edge, without `Retry-After`.
    pub fn edge() -> Self {
        Self::Html {
            status: 502,
            retry_after: None,
        }
    }
}

/// The fault switches of a running simulator; clones share them.
#[derive(Debug, Clone, Default)]
pub struct Faults(Arc<Mutex<Vec<(Trigger, Fault)>>>);

impl Faults {
    /// Adds a rule. Of several that fit a call the first added wins; all of them count it.
    pub fn add(&self, when: When, fault: Fault) {
        self.rules().push((Trigger::new(when), fault));
    }

    /// Removes all rules.
    pub fn clear(&self) {
        self.rules().clear();
    }

    pub(super) fn take(&self, path: &str) -> Option<Fault> {
        let mut rules = self.rules();
        let fired: Vec<_> = rules
            .iter_mut()
            .filter_map(|(t, fault)| t.fires(path).then(|| fault.clone()))
            .collect();
        fired.into_iter().next()
    }

    fn rules(&self) -> std::sync::MutexGuard<'_, Vec<(Trigger, Fault)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
