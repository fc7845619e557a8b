//! Shared pieces of tests: canonical file contents, databases of a PostgreSQL server, a sign-in provider.

mod canonical;
pub mod oidc_provider;
pub mod postgres;

pub use canonical::{canonical, canonical_sync};
