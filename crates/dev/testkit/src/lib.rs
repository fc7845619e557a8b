//! Shared pieces of tests: canonical file contents, fresh databases.

mod canonical;
pub mod postgres;

pub use canonical::{canonical, canonical_sync};
