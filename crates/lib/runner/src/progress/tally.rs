//! Feeds with the same title are one part to people.

use std::collections::BTreeMap;

use connector::FeedId;

/// How far the feeds of one title are.
#[derive(Debug, Default)]
pub(super) struct Part {
    feeds: BTreeMap<FeedId, Reading>,
    warned: bool,
}

/// How far one feed is.
#[derive(Debug, Default)]
struct Reading {
    done: u64,
    total: Option<u64>,
    finished: bool,
}

impl Part {
    /// A feed begins, or begins again.
    pub(super) fn start(&mut self, feed: &FeedId) {
        self.feeds.insert(feed.clone(), Reading::default());
    }

    /// A feed came further.
    pub(super) fn advance(&mut self, feed: &FeedId, done: u64, total: Option<u64>) {
        let reading = self.feeds.entry(feed.clone()).or_default();
        (reading.done, reading.total) = (done, total);
    }

    /// A feed is at its end, which also says how much it was.
    pub(super) fn finish(&mut self, feed: &FeedId) {
        let reading = self.feeds.entry(feed.clone()).or_default();
        (reading.finished, reading.total) = (true, Some(reading.done));
    }

    /// A feed says that something is missing.
    pub(super) fn warn(&mut self) {
        self.warned = true;
    }

    /// Whether nothing was read, and there is a remark that says why.
    pub(super) fn is_refused(&self) -> bool {
        self.warned && self.done() == 0
    }

    /// Items read.
    pub(super) fn done(&self) -> u64 {
        self.feeds.values().map(|reading| reading.done).sum()
    }

    /// Items in all, when every feed that was begun knows its own.
    pub(super) fn total(&self) -> Option<u64> {
        self.feeds.values().map(|reading| reading.total).sum()
    }

    /// Whether all feeds that were begun are at their end; more may begin.
    pub(super) fn is_finished(&self) -> bool {
        self.feeds.values().all(|reading| reading.finished)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_the_sum_of_its_feeds() {
        let (first, second) = (FeedId::from("a"), FeedId::from("b"));
        let mut part = Part::default();
        part.start(&first);
        part.advance(&first, 50, Some(120));
        part.start(&second);
        assert_eq!((part.done(), part.total()), (50, None));
        part.advance(&second, 3, Some(4));
        assert_eq!((part.done(), part.total()), (53, Some(124)));
        part.start(&first);
        assert_eq!(
            (part.done(), part.total()),
            (3, None),
            "a feed that begins again counts from 0"
        );
        part.advance(&first, 119, Some(119));
        part.finish(&first);
        part.finish(&second);
        assert!(part.is_finished());
        assert_eq!((part.done(), part.total()), (122, Some(122)));
        part.warn();
        assert!(!part.is_refused(), "something of it was read");
    }

    #[test]
    fn a_part_of_which_nothing_may_be_read() {
        let mut part = Part::default();
        part.start(&FeedId::from("a"));
        assert!(!part.is_refused(), "it may merely be empty");
        part.warn();
        part.finish(&FeedId::from("a"));
        assert!(part.is_refused());
    }
}
