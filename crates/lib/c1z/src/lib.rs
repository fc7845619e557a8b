//! The .c1z file: envelope, SQLite schema, reader, writer, diff, validation.
//!
//! A v1 file is a zstd-compressed SQLite database after five bytes of magic. [`Draft`] is the durable
//! working copy from which such a file is written; [`Reader`] opens one without touching it.
//! This crate does no async and knows no connector.

mod check;
mod database;
pub mod diff;
mod draft;
mod envelope;
mod error;
mod files;
mod grant_row;
mod kind;
mod ksuid;
mod limits;
mod message;
mod pebble;
mod reader;
mod record;
mod run;
mod schema;
mod stats;
mod time;

pub use check::{Finding, Problem, check};
pub use draft::{Batch, Draft, DraftOptions, Origin, Retention, Rows, Saved, Unfinished};
pub use error::Error;
pub use kind::SyncKind;
pub use ksuid::new_sync_id;
pub use limits::Limits;
pub use pebble::{PebbleFile, PebbleSync};
pub use reader::{EntitlementFilter, GrantFilter, ReadOptions, Reader, Records, ResourceFilter, SyncChoice};
pub use record::{GrantRecord, Record};
pub use run::SyncRun;
pub use stats::Stats;
