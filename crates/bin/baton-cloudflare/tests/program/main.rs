//! The program as people meet it: its process, a simulated Cloudflare, files on disk.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail like tests"
)]

mod changes;
mod crash;
mod failures;
mod faults;
mod health;
mod help;
mod mistakes;
mod service;
mod sync;
mod world;
