//! What the rate limit measures time with.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::time::Instant;

/// A monotonic clock.
#[derive(Debug, Clone)]
pub enum Clock {
    /// Tokio's time since the clock was made; it stands still while a test pauses it.
    Tokio(Instant),
    /// Moved by hand.
    Manual(ManualClock),
}

impl Clock {
    /// Time since the clock's beginning.
    pub fn now(&self) -> Duration {
        match self {
            Self::Tokio(start) => start.elapsed(),
            Self::Manual(clock) => Duration::from_millis(clock.0.load(Ordering::SeqCst)),
        }
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::Tokio(Instant::now())
    }
}

/// A clock that moves only when told to; clones share the time.
#[derive(Debug, Clone, Default)]
pub struct ManualClock(Arc<AtomicU64>);

impl ManualClock {
    /// Moves the time on, in whole milliseconds.
    pub fn advance(&self, by: Duration) {
        self.0.fetch_add(
            u64::try_from(by.as_millis()).unwrap_or(u64::MAX),
            Ordering::SeqCst,
        );
    }
}
