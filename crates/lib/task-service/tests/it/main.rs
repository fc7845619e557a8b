//! The service over real sockets, with clients that behave and clients that do not.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]
#![expect(clippy::indexing_slicing, reason = "helpers of tests fail like tests")]

mod conversation;
mod files;
mod health;
mod hello;
mod remains;
mod s3;
mod tasks;
mod tls;
mod tokens;
mod uploads;
mod world;
