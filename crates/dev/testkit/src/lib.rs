//! Shared pieces of tests: canonical file contents, databases of a PostgreSQL server, a mail server.

mod canonical;
pub mod postgres;
pub mod smtp;

pub use canonical::{canonical, canonical_sync};
