//! The browser for tests, on pages over a real socket.
//!
//! `.ci/run` runs these; by hand: `export $(.ci/browser target/browser)` and
//! `cargo test -p testkit --test browser -- --ignored`.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod accessibility;
mod forms;
mod looks;
mod site;
mod things;
