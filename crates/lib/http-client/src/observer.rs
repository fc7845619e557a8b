//! Telling somebody that, and why, nothing happens at the moment.

use std::sync::Arc;
use std::time::Duration;

/// Called at the start of each wait. Must not block.
pub type Observer = Arc<dyn Fn(&Wait) + Send + Sync>;

/// A wait that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// How long it will take.
    pub duration: Duration,
    /// What it is for.
    pub reason: WaitReason,
}

/// What a wait is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaitReason {
    /// Our own calls have used up the rate limit.
    OwnBudget,
    /// The server says that others are using up the same budget.
    SharedBudget,
    /// The server refused a call for being one too many, and asks to wait.
    Throttled,
    /// An attempt failed and is repeated.
    Retry {
        /// The attempt that failed, from 1.
        attempt: u32,
        /// How it failed: a status or an error's text.
        cause: String,
    },
}
