//! Where the control plane keeps its state: SQLite or PostgreSQL behind the domain's repositories.
//!
//! The only crate with the control plane's SQL. Queries are written once for both databases; which one it is, only
//! opening knows. What changes carries a version, and a change is written over the version that it was worked out
//! from, in a single statement or a transaction that begins with it.

mod backup;
mod condition;
mod database;
mod entity;
mod errors;
mod keys;
mod migrations;
mod repositories;

pub use backup::{BackupError, Empty, Moment, Restore, Rows, Table, is_known};
pub use condition::{Condition, Schema};
pub use database::Database;
