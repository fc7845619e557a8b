//! Cloudflare as a connector: pure mappers and thin feeds.
//!
//! [`CloudflareConnector`] reads an account in feeds (`feeds/`), each of which turns the pages of one listing
//! into records with the mappers of `map/`. It changes access in `provision/`, behind guards, and offers [`actions`].
//! [`permissions`] says what a credential may do, before anything rests on it.

pub mod actions;
pub mod permissions;
pub mod types;

mod abilities;
mod account;

mod directory;
mod errors;
mod events;
mod feeds;
mod find;
mod known_roles;
mod map;
mod names;
mod notes;
mod part;
mod people;
mod provision;
mod syncer;

pub use crate::abilities::{ACCOUNT_FIELDS, of as abilities};
pub use crate::events::feeds as event_feeds;
pub use crate::provision::Rules;
pub use crate::syncer::CloudflareConnector;
