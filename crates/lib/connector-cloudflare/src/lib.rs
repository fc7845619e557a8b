//! Cloudflare as a connector: pure mappers and thin feeds.
//!
//! [`CloudflareConnector`] reads an account in feeds (`feeds/`), each of which turns the pages of one listing
//! into records with the mappers of `map/`.

pub mod types;

mod account;

mod directory;
mod errors;
mod feeds;
mod find;
mod known_roles;
mod map;
mod names;
mod notes;
mod part;
mod provision;
mod people;
mod syncer;

pub use crate::provision::Rules;
pub use crate::syncer::CloudflareConnector;
