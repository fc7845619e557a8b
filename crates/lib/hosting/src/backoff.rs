//! How long to wait before a process that ended is started again.

use std::time::Duration;

/// The least, so that no failure makes a busy loop.
const LEAST: Duration = Duration::from_secs(1);
/// The most.
const MOST: Duration = Duration::from_mins(5);
/// A process that ran for so long was well; what came before it does not count any more.
const WELL: Duration = Duration::from_mins(10);

/// The lives of a process that were too short.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Backoff {
    short: u32,
}

impl Backoff {
    /// How long to wait after a life: twice as long after each that was short, but up to a half less, so that those
    /// that failed together do not come back together.
    pub(crate) fn after(&mut self, life: Duration, random: [u8; 16]) -> Duration {
        if life >= WELL {
            self.short = 0;
        }
        let most = LEAST.saturating_mul(2_u32.saturating_pow(self.short)).min(MOST);
        self.short = self.short.saturating_add(1);
        let [first, second, ..] = random;
        let share = f64::from(u16::from_be_bytes([first, second])) / f64::from(u16::MAX);
        most.mul_f64(1.0 - share / 2.0).max(LEAST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Duration = Duration::from_secs(3);

    fn seconds(lives: &[Duration], random: [u8; 16]) -> Vec<u64> {
        let mut backoff = Backoff::default();
        lives
            .iter()
            .map(|life| backoff.after(*life, random).as_secs())
            .collect()
    }

    #[test]
    fn waits_double_up_to_five_minutes() {
        let waits = [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300];
        assert_eq!(seconds(&[SHORT; 11], [0; 16]), waits);
    }

    #[test]
    fn chance_shortens_them_by_a_half_at_most() {
        let waits = [1, 1, 2, 4, 8, 16, 32, 64, 128, 150, 150];
        assert_eq!(seconds(&[SHORT; 11], [255; 16]), waits);
    }

    #[test]
    fn ten_good_minutes_are_a_new_beginning() {
        assert_eq!(
            seconds(&[SHORT, SHORT, SHORT, WELL, SHORT], [0; 16]),
            [1, 2, 4, 1, 2]
        );
        let almost = WELL.saturating_sub(Duration::from_secs(1));
        assert_eq!(seconds(&[SHORT, SHORT, almost], [0; 16]), [1, 2, 4]);
    }

    #[test]
    fn no_number_of_failures_is_too_high() {
        let mut backoff = Backoff { short: u32::MAX };
        assert_eq!(backoff.after(SHORT, [0; 16]), MOST);
    }
}
