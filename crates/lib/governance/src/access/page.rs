//! Pages. A snapshot never changes, so counting rows off is exact.

/// The most rows of a page.
const MOST: u64 = 1000;

/// Which part of the rows is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest {
    skip: u64,
    at_most: u64,
}

impl PageRequest {
    /// Leaves out the first rows, and gives up to so many after them: between one and a thousand.
    pub fn new(skip: u64, at_most: u64) -> Self {
        Self {
            skip: skip.min(i64::MAX.unsigned_abs()),
            at_most: at_most.clamp(1, MOST),
        }
    }

    /// How many rows come before.
    pub fn skip(self) -> u64 {
        self.skip
    }

    /// How many rows there may be.
    pub fn at_most(self) -> u64 {
        self.at_most
    }
}

/// Some rows, and how many there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows that were wanted.
    pub rows: Vec<T>,
    /// How many there are in all.
    pub total: u64,
}
