//! A collector that is there and does not take what it gets.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::logs::{LogBatch, LogExporter};
use opentelemetry_sdk::metrics::Temporality;
use opentelemetry_sdk::metrics::data::ResourceMetrics;
use opentelemetry_sdk::metrics::exporter::PushMetricExporter;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

/// Before the status that a batch was answered with. The library gives nothing of it but its name, and what lies
/// beneath when there was no answer at all.
const STATUS: &str = "gRPC code: ";

/// What a busy collector answers, or nobody: this passes.
const PASSING: [&str; 5] = [
    "Aborted",
    "Cancelled",
    "DeadlineExceeded",
    "ResourceExhausted",
    "Unavailable",
];

/// Sends, and says once in the log when what was sent is refused: otherwise nobody would notice.
#[derive(Debug)]
pub(super) struct Watched<E> {
    exporter: E,
    /// What is sent.
    what: &'static str,
    said: AtomicBool,
}

impl<E> Watched<E> {
    pub(super) fn new(exporter: E, what: &'static str) -> Self {
        Self {
            exporter,
            what,
            said: AtomicBool::new(false),
        }
    }

    fn look(&self, sent: OTelSdkResult) -> OTelSdkResult {
        if let Err(error) = &sent
            && let Some(status) = refusal(error)
            && !self.said.swap(true, Ordering::Relaxed)
        {
            tracing::warn!(
                status,
                "the OpenTelemetry collector refuses {}; what it does not take is dropped",
                self.what
            );
        }
        sent
    }
}

/// The status of a collector that will not answer otherwise the next time.
fn refusal(error: &OTelSdkError) -> Option<String> {
    let text = error.to_string();
    let (_, status) = text.rsplit_once(STATUS)?;
    // With a reason behind it, nothing was answered: the connection failed.
    let answered = status.chars().all(char::is_alphanumeric);
    (answered && !PASSING.contains(&status)).then(|| status.to_owned())
}

impl<E: SpanExporter> SpanExporter for Watched<E> {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        self.look(self.exporter.export(batch).await)
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.exporter.force_flush()
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.exporter.set_resource(resource);
    }
}

impl<E: LogExporter> LogExporter for Watched<E> {
    async fn export(&self, batch: LogBatch<'_>) -> OTelSdkResult {
        self.look(self.exporter.export(batch).await)
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.exporter.set_resource(resource);
    }
}

impl<E: PushMetricExporter> PushMetricExporter for Watched<E> {
    async fn export(&self, metrics: &ResourceMetrics) -> OTelSdkResult {
        self.look(self.exporter.export(metrics).await)
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.exporter.force_flush()
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn temporality(&self) -> Temporality {
        self.exporter.temporality()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<String> {
        refusal(&OTelSdkError::InternalFailure(text.to_owned()))
    }

    #[test]
    fn what_passes_is_no_refusal() {
        let failed = "TonicLogsClient export failed with gRPC code: ";
        let said = |status: &str| of(&format!("{failed}{status}"));
        assert_eq!(said("Unauthenticated").as_deref(), Some("Unauthenticated"));
        assert_eq!(said("Unimplemented").as_deref(), Some("Unimplemented"));
        assert_eq!(said("Unavailable"), None);
        assert_eq!(said("Unknown: transport error: connection refused"), None);
        assert_eq!(refusal(&OTelSdkError::Timeout(Duration::ZERO)), None);
        assert_eq!(of("something else"), None);
    }
}
