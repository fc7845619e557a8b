//! How often somebody may call: counted by key, and by address for those without a good one.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// The stretch of time in which is counted.
const WINDOW: TimeDelta = TimeDelta::minutes(1);
/// How many callers are remembered. Beyond that all are forgotten: a key cannot be guessed however often somebody tries.
const CALLERS: usize = 10_000;

/// Calls by caller.
#[derive(Debug)]
pub(crate) struct Rates {
    most: u32,
    counted: Mutex<HashMap<String, (DateTime<Utc>, u32)>>,
}

impl Rates {
    /// So many calls in a minute.
    pub(crate) fn of(most: u32) -> Self {
        Self {
            most,
            counted: Mutex::default(),
        }
    }

    /// Counts a call.
    pub(crate) fn count(&self, caller: &str, now: DateTime<Utc>) {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.len() >= CALLERS && !counted.contains_key(caller) {
            counted.clear();
        }
        let (since, count) = counted.entry(caller.to_owned()).or_insert((now, 0));
        if now - *since >= WINDOW {
            (*since, *count) = (now, 0);
        }
        *count = count.saturating_add(1);
    }

    /// Whether there were too many.
    pub(crate) fn is_over(&self, caller: &str, now: DateTime<Utc>) -> bool {
        let counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let found = counted.get(caller);
        found.is_some_and(|(since, count)| now - *since < WINDOW && *count >= self.most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_caller_has_a_minute_of_its_own() {
        let rates = Rates::of(2);
        let now = DateTime::UNIX_EPOCH;
        for _ in 0..2 {
            assert!(!rates.is_over("a", now));
            rates.count("a", now);
        }
        assert!(rates.is_over("a", now) && !rates.is_over("b", now));
        assert!(!rates.is_over("a", now + WINDOW));
    }
}
