//! All rows, taken out at one moment and put back into an empty database of either kind.
//!
//! Tables are not listed here: they are found in the database, so that a new one is in the next backup. A row is a line
//! of JSON; what the two databases write differently (truth, bytes) has one form in it.

mod error;
mod line;
mod moment;
mod restore;
mod tables;

pub use error::BackupError;
pub use moment::{Moment, Rows};
pub use restore::{Empty, Restore};
pub use tables::Table;

use crate::migrations;

/// What is good for the moment only, and must not come to life again when a backup is put back: who is signed in, links,
/// tokens, and who runs what.
const PASSING: [&str; 4] = ["access_tokens", "hosting_leases", "links", "sessions"];

/// Whether tables that came to be by these migrations can be brought up to date by this program.
pub fn is_known(schema: &[String]) -> bool {
    !schema.is_empty() && migrations::names().starts_with(schema)
}
