//! Shared pieces of tests: canonical file contents.

mod canonical;

pub use canonical::{canonical, canonical_sync};
