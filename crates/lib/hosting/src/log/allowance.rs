//! How much a process may log.

use std::time::Duration;

use tokio::time::Instant;

/// How many lines may come at once.
const AT_ONCE: f64 = 2000.0;
/// How many lines may come in a second, in the long run.
const IN_A_SECOND: f64 = 50.0;

/// What is left of it.
#[derive(Debug)]
pub(super) struct Allowance {
    left: f64,
    since: Instant,
}

impl Allowance {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            left: AT_ONCE,
            since: now,
        }
    }

    /// Takes one line out of it, if there is one.
    pub(super) fn take(&mut self, now: Instant) -> bool {
        let passed: Duration = now.saturating_duration_since(self.since);
        self.left = (self.left + passed.as_secs_f64() * IN_A_SECOND).min(AT_ONCE);
        self.since = now;
        let enough = self.left >= 1.0;
        if enough {
            self.left -= 1.0;
        }
        enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_taken_and_then_so_many_a_second() {
        let begin = Instant::now();
        let mut allowance = Allowance::new(begin);
        let mut taken = |at: Duration| (0..3000).filter(|_| allowance.take(begin + at)).count();
        assert_eq!(taken(Duration::ZERO), 2000);
        assert_eq!(taken(Duration::from_secs(2)), 100);
        assert_eq!(taken(Duration::from_hours(1)), 2000);
    }
}
