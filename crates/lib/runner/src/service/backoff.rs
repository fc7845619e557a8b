//! How long to wait after a failure.

use std::sync::Arc;
use std::time::Duration;

use model::IdSource;

/// The least wait, so that no failure makes a busy loop.
const LEAST: Duration = Duration::from_secs(1);

/// The longest wait for a control plane that cannot be reached, or does not take a result.
const LONGEST: Duration = Duration::from_mins(5);

/// The longest wait between two questions for tasks that both failed.
const LONGEST_POLL: u64 = 60;

/// Spreads waits, so that connectors that failed together do not come back together.
pub(super) struct Spread(Arc<dyn IdSource>);

impl Spread {
    pub(super) fn new(ids: Arc<dyn IdSource>) -> Self {
        Self(ids)
    }

    /// After so many failures in a row: anything between a second and what doubles each time, five minutes at most.
    pub(super) fn doubling(&self, failures: u32) -> Duration {
        let most = 2_u64.saturating_pow(failures).min(LONGEST.as_secs());
        self.between(LEAST, Duration::from_secs(most))
    }

    /// After so many questions for tasks that failed in a row: about its square in seconds, a minute at most.
    pub(super) fn squared(&self, failures: u32) -> Duration {
        let failures = u64::from(failures);
        let wait = Duration::from_secs(failures.saturating_mul(failures).clamp(1, LONGEST_POLL));
        self.between(wait.mul_f64(0.75).max(LEAST), wait)
    }

    fn between(&self, least: Duration, most: Duration) -> Duration {
        let [first, second, third, fourth, ..] = self.0.next_bytes();
        let share = f64::from(u32::from_be_bytes([first, second, third, fourth])) / f64::from(u32::MAX);
        least + most.saturating_sub(least).mul_f64(share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::SystemIds;

    #[test]
    fn waits_grow_and_stay_within_their_bounds() {
        let spread = Spread::new(Arc::new(SystemIds));
        let seconds = Duration::from_secs;
        for _ in 0..100 {
            assert!((seconds(1)..=seconds(2)).contains(&spread.doubling(1)));
            assert!((seconds(1)..=seconds(300)).contains(&spread.doubling(40)));
            assert_eq!(spread.squared(1), seconds(1));
            assert!((seconds(3)..=seconds(4)).contains(&spread.squared(2)));
            assert!((seconds(45)..=seconds(60)).contains(&spread.squared(u32::MAX)));
        }
    }

    #[test]
    fn the_whole_range_is_used() {
        let spread = Spread::new(Arc::new(SystemIds));
        let waits: Vec<Duration> = (0..200).map(|_| spread.doubling(9)).collect();
        assert!(waits.iter().any(|wait| *wait < Duration::from_secs(100)));
        assert!(waits.iter().any(|wait| *wait > Duration::from_secs(200)));
    }
}
