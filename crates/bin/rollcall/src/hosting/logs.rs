//! Where logs are kept, and for how long.

use std::fmt;
use std::time::Duration;

use ::hosting::{HostingError, LogSink};
use async_trait::async_trait;
use chrono::TimeDelta;
use governance::{Desk, LogLine};
use tokio_util::sync::CancellationToken;

/// How long lines are kept.
const KEPT_FOR: TimeDelta = TimeDelta::days(30);
/// How many lines of a connector are kept.
const KEPT: u64 = 200_000;
/// How often what is too old or too much is forgotten.
const EVERY: Duration = Duration::from_mins(10);
/// How many lines are forgotten at once: nobody has to wait long for the database.
const AT_ONCE: u64 = 2000;

/// Keeps lines in the database.
pub(super) struct StoredLogs(pub(super) Desk);

#[async_trait]
impl LogSink for StoredLogs {
    async fn write(&self, lines: Vec<LogLine>) {
        if let Err(error) = self.0.store().add_log(&lines).await {
            tracing::warn!(
                lines = lines.len(),
                "what connectors logged could not be kept: {error}"
            );
        }
    }
}

/// Forgets lines.
pub(super) struct Retention(pub(super) Desk);

impl fmt::Debug for Retention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Retention")
    }
}

impl Retention {
    /// Goes its rounds until it is told to stop.
    pub(super) async fn run(&self, stop: CancellationToken) {
        while stop
            .run_until_cancelled(tokio::time::sleep(EVERY))
            .await
            .is_some()
        {
            if let Some(Err(error)) = stop.run_until_cancelled(self.round()).await {
                tracing::warn!("could not look after the logs of connectors: {error}");
            }
        }
    }

    async fn round(&self) -> Result<(), HostingError> {
        let (store, before) = (self.0.store(), self.0.now() - KEPT_FOR);
        while store.forget_log_before(before, AT_ONCE).await? == AT_ONCE {}
        for connector in store.connectors().await? {
            while store.forget_log_beyond(&connector.id, KEPT, AT_ONCE).await? == AT_ONCE {}
        }
        Ok(())
    }
}
