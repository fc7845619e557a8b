//! What to ask next while a listing is read. Pure: it is told what a page holds and decides.
//!
//! Cloudflare gives no snapshot: while pages are read, people come and go and the rest shifts, so that somebody
//! may stand on two pages or on none. Two signs tell of it: the total that each page carries changes, or the
//! number of different items at the end is not the total. Then the listing is read again, a bounded number of
//! times. One removal and one addition between the same two answers cancel out and cannot be seen.

use super::seen::Seen;
use crate::ResultInfo;

/// How often a listing is read at most.
const PASSES: u32 = 3;
/// How many pages in a row may bring nothing new before a listing is over, whatever its total says.
const BARREN: u32 = 32;

/// The smallest page that Cloudflare gives unless asked for less.
const LEAST_PER_PAGE: u64 = 20;
/// Every page size that Cloudflare has is a multiple of this.
const ROUND: u64 = 5;

/// How a listing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Different items read.
    pub count: u64,
    /// How many there are, as the last page had it. `None` when the listing does not say.
    pub total: Option<u64>,
    /// How often the listing was read, from 1.
    pub passes: u32,
    /// Whether it held still. If not, it changed faster than it could be read: somebody may be missing.
    pub settled: bool,
}

/// What follows from a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// There is more.
    Continue,
    /// The listing has shifted: forget it and read it again.
    Restart,
    /// It is read.
    Complete(Outcome),
}

/// The state of reading a listing. Pages are asked for in ascending order and taken in the same order.
#[derive(Debug)]
pub(super) struct Plan {
    /// The page size asked for.
    per_page: u64,
    /// How many items a full page has, as the first page tells.
    size: u64,
    pass: u32,
    asked: u64,
    taken: u64,
    total: Option<u64>,
    /// Pages of the listing, as far as totals tell.
    pages: Option<u64>,
    shifted: bool,
    /// Pages in a row that brought nothing new.
    barren: u32,
    seen: Seen,
    /// What the pass before this one ended with: count, total and fingerprint.
    before: Option<(u64, Option<u64>, u128)>,
}

impl Plan {
    pub(super) fn new(per_page: u32) -> Self {
        Self {
            per_page: per_page.into(),
            size: per_page.into(),
            pass: 1,
            asked: 0,
            taken: 0,
            total: None,
            pages: None,
            shifted: false,
            barren: 0,
            seen: Seen::default(),
            before: None,
        }
    }

    /// The next page to ask for, if one can be told before the pages under way have come.
    pub(super) fn ask(&mut self) -> Option<u64> {
        let known = self.pages.unwrap_or(0).max(self.taken + 1);
        (self.asked < known).then(|| {
            self.asked += 1;
            self.asked
        })
    }

    /// Whether an item is here for the first time in this pass.
    pub(super) fn is_new(&mut self, id: &str) -> bool {
        self.seen.insert(id)
    }

    /// Takes the next page in order, after its items were shown to [`Plan::is_new`].
    pub(super) fn take(&mut self, items: u64, new: u64, info: &ResultInfo) -> Next {
        self.taken += 1;
        if self.taken == 1 && is_cut(items) {
            self.size = self.size.min(items);
        }
        self.note_total(items, info);
        self.barren = if new == 0 { self.barren + 1 } else { 0 };
        if self.shifted && self.pass < PASSES {
            return self.restart();
        }
        let over = match (self.total, self.pages) {
            (Some(total), Some(pages)) => {
                self.taken >= pages || self.barren >= BARREN || (self.seen.len() >= total && !self.shifted)
            }
            // More than asked for is everything, fewer is the end, and nothing new is the same page again.
            _ => items > self.per_page || items != self.size || new == 0,
        };
        if over { self.end() } else { Next::Continue }
    }

    /// What is read so far, and what there is.
    pub(super) fn progress(&self) -> (u64, Option<u64>) {
        (self.seen.len(), self.total)
    }

    fn note_total(&mut self, items: u64, info: &ResultInfo) {
        let Some(total) = info.total_count else { return };
        let told = info.total_pages.unwrap_or(0);
        if told > 1 && total <= items && self.total.is_none() {
            // What this page has cannot be all that several pages have: no total.
            return;
        }
        self.shifted |= self.total.is_some_and(|known| known != total);
        self.total = Some(total);
        let per_page = info.per_page.filter(|size| *size > 0).unwrap_or(self.size);
        self.pages = Some(total.div_ceil(per_page.min(self.size).max(1)).max(told));
    }

    fn end(&mut self) -> Next {
        let count = self.seen.len();
        let as_told = !self.shifted && self.total.is_none_or(|total| total == count);
        let result = (count, self.total, self.seen.fingerprint());
        // Twice the same: it holds still, and the total counts something else.
        let settled = as_told || (!self.shifted && self.before == Some(result));
        if settled || self.pass >= PASSES {
            return Next::Complete(Outcome {
                count,
                total: self.total,
                passes: self.pass,
                settled,
            });
        }
        self.before = Some(result);
        self.restart()
    }

    fn restart(&mut self) -> Next {
        let before = self.before.take();
        let per_page = u32::try_from(self.per_page).unwrap_or(u32::MAX);
        *self = Self {
            pass: self.pass + 1,
            before,
            ..Self::new(per_page)
        };
        Next::Restart
    }
}

/// Whether a page may be full although more was asked for: the server gives smaller ones and does not say so.
fn is_cut(items: u64) -> bool {
    items >= LEAST_PER_PAGE && items.is_multiple_of(ROUND)
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
