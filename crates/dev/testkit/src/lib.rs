//! Shared pieces of tests: canonical file contents, databases of a PostgreSQL server, a browser.

pub mod browser;
mod canonical;
mod environment;
pub mod postgres;

pub use canonical::{canonical, canonical_sync};
