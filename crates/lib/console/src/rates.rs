//! How often somebody may try to sign in: counted by address, so that one who guesses does not lock others out.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// How many tries there are in a stretch of time.
const TRIES: u32 = 20;
/// That stretch.
const WINDOW: TimeDelta = TimeDelta::minutes(5);
/// How many addresses are remembered.
const ADDRESSES: usize = 10_000;

/// Tries by address.
#[derive(Debug, Default)]
pub(crate) struct Rates(Mutex<HashMap<String, (DateTime<Utc>, u32)>>);

impl Rates {
    /// Counts a try; `false` when there were too many.
    pub(crate) fn allow(&self, from: &str, now: DateTime<Utc>) -> bool {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.len() >= ADDRESSES {
            counted.retain(|_, (since, _)| now - *since < WINDOW);
        }
        if counted.len() >= ADDRESSES {
            // More than people have: whoever it is, memory is not theirs to fill.
            counted.clear();
        }
        let (since, count) = counted.entry(from.to_owned()).or_insert((now, 0));
        if now - *since >= WINDOW {
            (*since, *count) = (now, 0);
        }
        *count = count.saturating_add(1);
        *count <= TRIES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_has_its_own_tries() {
        let rates = Rates::default();
        let now: DateTime<Utc> = "2026-11-25T10:00:00Z".parse().unwrap();
        assert!((0..TRIES).all(|_| rates.allow("192.0.2.1", now)));
        assert!(!rates.allow("192.0.2.1", now));
        assert!(rates.allow("192.0.2.2", now));
        assert!(rates.allow("192.0.2.1", now + WINDOW));
    }
}
