//! Shared pieces of tests: canonical file contents, large ones, databases of a PostgreSQL server, programs, a mail server, a sign-in
//! provider, a browser.

pub mod browser;
mod canonical;
mod company;
mod environment;
pub mod oidc_provider;
pub mod postgres;
mod process;
pub mod smtp;

pub use canonical::{canonical, canonical_sync};
pub use company::Company;
pub use process::{Process, free_port};
