//! What the domain asks of whoever keeps logs.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{LogEntry, LogLine, LogPage, LogQuery};
use crate::ConnectorId;
use crate::repository::Stored;

/// Logs of connectors.
#[async_trait]
pub trait Logs {
    /// Adds lines in their order; all or none.
    async fn add_log(&self, lines: &[LogLine]) -> Stored<()>;
    /// Up to so many lines.
    async fn log(&self, query: &LogQuery, page: LogPage, at_most: u64) -> Stored<Vec<LogEntry>>;
    /// Forgets up to so many lines, of any connector, that were written before then; gives their number.
    async fn forget_log_before(&self, then: DateTime<Utc>, at_most: u64) -> Stored<u64>;
    /// Forgets up to so many lines of a connector, the oldest, that are more than `keep`; gives their number.
    async fn forget_log_beyond(&self, connector: &ConnectorId, keep: u64, at_most: u64) -> Stored<u64>;
}
