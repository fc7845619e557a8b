//! The console as somebody meets it: a real process, a real browser, a simulated Cloudflare.
//!
//! `.ci/run` runs these; by hand: `export $(.ci/browser target/browser)` and
//! `cargo test -p rollcall --test console -- --ignored`.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod adding;
mod delegated;
mod files;
mod first_start;
mod lists;
mod looks;
mod passkeys;
mod person;
mod programs;
mod reached;
mod refused;
mod running;
mod self_hosted;
mod showing;
mod single_sign_on;
mod unscripted;
mod world;
