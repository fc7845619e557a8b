//! Shared pieces of tests: canonical file contents, databases of a PostgreSQL server.

mod canonical;
pub mod postgres;

pub use canonical::{canonical, canonical_sync};
