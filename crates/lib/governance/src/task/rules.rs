//! How long a try may take, and how often a task is tried.

use std::time::Duration;

use crate::TaskKind;

/// The times and counts that decide when a task is given to somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskRules {
    /// How often whoever works on a task is asked for a sign of life.
    pub heartbeat: Duration,
    /// How long a task stays theirs after a sign of life. Several heartbeats, so that a lost one costs nothing.
    pub lease: Duration,
    /// How long a task stays theirs before the first sign of life. Every client gives one before it begins a sync.
    pub first_lease: Duration,
    /// How long it stays theirs where the client gives no signs of life for such work.
    pub silent_lease: Duration,
    /// The longest that a sync may take, signs of life or not.
    pub longest_sync: Duration,
    /// The longest that other work may take.
    pub longest_other: Duration,
    /// How often a task is tried.
    pub tries: u32,
    /// The wait before the second try; it doubles from try to try.
    pub retry_after: Duration,
    /// The longest wait between tries.
    pub longest_retry_after: Duration,
}

impl Default for TaskRules {
    fn default() -> Self {
        Self::for_heartbeat(Duration::from_secs(20))
    }
}

impl TaskRules {
    /// The usual times and counts where signs of life come that often.
    pub fn for_heartbeat(heartbeat: Duration) -> Self {
        let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
        Self {
            heartbeat,
            lease: heartbeat * 9 / 2,
            first_lease: heartbeat * 3,
            silent_lease: minutes(10),
            longest_sync: minutes(24 * 60),
            longest_other: minutes(60),
            tries: 5,
            retry_after: heartbeat / 2,
            longest_retry_after: minutes(15),
        }
    }

    /// How long a new try stays with whoever took it before they give a sign of life.
    pub(super) fn first_lease(&self, kind: TaskKind, beats_all: bool) -> Duration {
        if beats_all || kind == TaskKind::Sync {
            self.first_lease
        } else {
            self.silent_lease
        }
    }

    /// The longest that a try may take.
    pub(super) fn longest(&self, kind: TaskKind) -> Duration {
        match kind {
            TaskKind::Sync => self.longest_sync,
            _ => self.longest_other,
        }
    }

    /// How often such a task is tried.
    pub(super) fn tries(&self, kind: TaskKind) -> u32 {
        if kind.may_repeat() { self.tries.max(1) } else { 1 }
    }

    /// The wait after that many tries.
    pub(super) fn wait_after(&self, tries: u32) -> Duration {
        let doublings = tries.saturating_sub(1).min(16);
        self.retry_after
            .saturating_mul(1 << doublings)
            .min(self.longest_retry_after)
    }
}
