//! Time and identity as arguments: a file made twice from the same inputs is the same file.

use std::fmt;

use chrono::{DateTime, Utc};

/// Where the time comes from; the programs pass the system's, tests a fixed one.
pub trait Clock: Send + Sync + fmt::Debug {
    /// The present moment, in UTC.
    fn now(&self) -> DateTime<Utc>;
}

/// A clock that stands still.
#[derive(Clone, Copy, Debug)]
pub struct FixedClock(pub DateTime<Utc>);

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }
}

/// Where the unguessable part of new ids comes from.
pub trait IdSource: Send + Sync + fmt::Debug {
    /// Sixteen bytes that were not given out before.
    fn next_bytes(&self) -> [u8; 16];
}

/// Ids for tests: a counter from a seed.
#[derive(Debug, Default)]
pub struct SeededIds(std::sync::atomic::AtomicU64);

impl SeededIds {
    /// Starts counting at `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed.into())
    }
}

impl IdSource for SeededIds {
    fn next_bytes(&self) -> [u8; 16] {
        let count = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        u128::from(count).to_be_bytes()
    }
}
