//! Rows of a file, decoded.

use chrono::{DateTime, Utc};
use proto::connector_v2::{Grant, GrantExpandable};

/// A row and the message that it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Record<M> {
    /// The row's id: rows are read in this order, and pages continue after it.
    pub row: i64,
    /// When the row was first written.
    pub discovered_at: DateTime<Utc>,
    /// The message.
    pub message: M,
}

/// A grant and how it expands, which the file keeps beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct GrantRecord {
    /// The row's id.
    pub row: i64,
    /// When the row was first written.
    pub discovered_at: DateTime<Utc>,
    /// The message, without its `GrantExpandable` annotation.
    pub message: Grant,
    /// That annotation; `None` when the grant does not expand.
    pub expansion: Option<GrantExpandable>,
}
