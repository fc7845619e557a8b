//! Audit log entries, version 2.

use chrono::{DateTime, Utc};
use serde_json::Value;

/// One entry: when it happened, and what is served for it.
#[derive(Debug, Clone)]
pub struct AuditEntry {
    /// `action.time`, for the `since` and `before` filters.
    pub time: DateTime<Utc>,
    /// The entry as served.
    pub body: Value,
}
