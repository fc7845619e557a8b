//! Many calls wait for the same thing; people are told once.

use std::time::{Duration, Instant};

/// Waits shorter than this are nobody's concern.
const WORTH_TELLING: Duration = Duration::from_secs(1);

/// The end of the longest wait that was told.
#[derive(Debug, Default)]
pub(super) struct Waits(Option<Instant>);

impl Waits {
    /// Whether a wait that begins now is news: it is long, and ends clearly later than the one told before.
    pub(super) fn is_news(&mut self, now: Instant, duration: Duration) -> bool {
        let end = now + duration;
        let later = self.0.is_none_or(|told| end > told + WORTH_TELLING);
        let news = duration >= WORTH_TELLING && later;
        if news {
            self.0 = Some(end);
        }
        news
    }

    /// Whether the wait that was told has ended.
    pub(super) fn is_over(&self, now: Instant) -> bool {
        self.0.is_some_and(|told| now >= told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_wait_is_told_once() {
        let (mut waits, now) = (Waits::default(), Instant::now());
        let seconds = Duration::from_secs;
        assert!(!waits.is_news(now, Duration::from_millis(900)));
        assert!(waits.is_news(now, seconds(58)));
        assert!(
            !waits.is_news(now + seconds(1), seconds(57)),
            "another call in the same wait"
        );
        assert!(waits.is_news(now + seconds(59), seconds(5)), "the next wait");
    }
}
