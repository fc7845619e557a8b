//! Sealing as its callers see it.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail like tests"
)]

mod keys;
mod opening;
mod refusing;
