//! Service mode from end to end: real processes over real sockets, with everything that can happen to them.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]
#![expect(clippy::panic, reason = "helpers of tests fail like tests")]
#![expect(clippy::indexing_slicing, reason = "helpers of tests fail like tests")]

mod chaos;
mod connected;
mod credentials;
mod keeping;
mod kinds;
mod proxy;
mod together;
mod world;
