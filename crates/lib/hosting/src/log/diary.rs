//! What there is to say about a process, beside what it says itself.

use std::sync::Arc;

use governance::{ConnectorId, LogLevel, LogLine};
use model::Clock;

use super::LogSink;

/// Writes into a connector's log.
#[derive(Clone)]
pub(crate) struct Diary {
    pub(crate) connector: ConnectorId,
    pub(crate) sink: Arc<dyn LogSink>,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Diary {
    /// A line without fields.
    pub(super) fn line(&self, level: LogLevel, message: String) -> LogLine {
        LogLine {
            connector: self.connector.clone(),
            attempt: None,
            at: self.clock.now(),
            level,
            message,
            fields: Vec::new(),
        }
    }

    /// Writes a line at once, and into the log of the service as well.
    pub(crate) async fn say(&self, level: LogLevel, message: String) {
        let connector = &self.connector;
        if level >= LogLevel::Warn {
            tracing::warn!(%connector, "{message}");
        } else {
            tracing::info!(%connector, "{message}");
        }
        self.sink.write(vec![self.line(level, message)]).await;
    }
}
