//! Spread for waits, so that programs that failed together do not return together.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// A source of spread. Randomness is an argument: the program gives the seed, and a test gives always the same.
#[derive(Debug, Clone)]
pub struct Jitter {
    state: Arc<AtomicU64>,
}

impl Jitter {
    /// Spread that follows from a seed. Clones share the sequence.
    pub fn seeded(seed: u64) -> Self {
        Self {
            state: Arc::new(AtomicU64::new(seed)),
        }
    }

    /// Shortens a wait by up to a quarter.
    pub(crate) fn spread(&self, wait: Duration) -> Duration {
        let share = f64::from(self.next()) / f64::from(u32::MAX);
        wait.mul_f64(1.0 - 0.25 * share)
    }

    /// `SplitMix64` by Steele, Lea and Flood; the upper half of its output.
    fn next(&self) -> u32 {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut z = self.state.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u32::try_from((z ^ (z >> 31)) >> 32).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spread_shortens_by_a_quarter_at_most_and_repeats_with_its_seed() {
        let waits = |seed| {
            let jitter = Jitter::seeded(seed);
            (0..100)
                .map(|_| jitter.spread(Duration::from_secs(4)))
                .collect::<Vec<_>>()
        };
        assert!(
            waits(7)
                .iter()
                .all(|wait| (3.0..=4.0).contains(&wait.as_secs_f64()))
        );
        assert_eq!(waits(7), waits(7));
        assert_ne!(waits(7), waits(8));
    }
}
