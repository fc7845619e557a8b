//! Telemetry over real sockets, to a collector in the same process.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod arrival;
mod collector;
mod encryption;
mod silence;
