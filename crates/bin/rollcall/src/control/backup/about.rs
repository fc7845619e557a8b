//! What a backup says of itself.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a backup says of itself, beside the list of its members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct About {
    /// Of the program that wrote it.
    pub(super) version: String,
    /// When it was made.
    pub(super) made_at: DateTime<Utc>,
    /// The migrations by which the tables came to be.
    pub(super) schema: Vec<String>,
    /// How many rows each table has.
    pub(super) rows: BTreeMap<String, u64>,
    /// How many files of connectors there are.
    pub(super) files: u64,
    /// The keys of files that rows name and that were not there.
    pub(super) missing: Vec<String>,
    /// The ids of the keys without which its secrets do not open.
    pub(super) keys: Vec<String>,
}
