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
pub struct Faults(Arc<Mutex<Vec<Rule>>>);

/// What goes wrong at which call.
#[derive(Debug)]
struct Rule {
    trigger: Trigger,
    failure: Failure,
}

/// A fault, and whether the call is worked on all the same.
#[derive(Debug, Clone)]
pub(super) struct Failure {
    pub(super) fault: Fault,
    after_effect: bool,
}

impl Failure {
    /// Whether a write is applied. What comes broken or slow is the answer to a write that was.
    pub(super) fn has_effect(&self) -> bool {
        self.after_effect || matches!(self.fault, Fault::Truncated | Fault::Slow { .. })
    }
}

impl Faults {
    /// Adds a rule. Of several that fit a call the first added wins; all of them count it. A write that
    /// meets the fault is not applied, unless the fault is the way in which its answer arrives
    /// ([`Fault::Truncated`], [`Fault::Slow`]).
    pub fn add(&self, when: When, fault: Fault) {
        self.insert(when, fault, false);
    }

    /// Adds a rule whose fault comes after the effect: a write is applied, only its answer is lost.
    pub fn add_after_effect(&self, when: When, fault: Fault) {
        self.insert(when, fault, true);
    }

    fn insert(&self, when: When, fault: Fault, after_effect: bool) {
        self.rules().push(Rule {
            trigger: Trigger::new(when),
            failure: Failure { fault, after_effect },
        });
    }

    /// Removes all rules.
    pub fn clear(&self) {
        self.rules().clear();
    }

    pub(super) fn take(&self, method: &str, path: &str) -> Option<Failure> {
        let mut rules = self.rules();
        let fired: Vec<_> = rules
            .iter_mut()
            .filter_map(|rule| rule.trigger.fires(method, path).then(|| rule.failure.clone()))
            .collect();
        fired.into_iter().next()
    }

    fn rules(&self) -> std::sync::MutexGuard<'_, Vec<Rule>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
