//! OpenTelemetry: traces, logs and metrics for a collector, over gRPC.
//!
//! A collector that is slow or absent costs the program nothing: all queues are bounded, what does not fit is dropped,
//! and everything is sent by threads of their own. Spans and events come from `tracing`, through the same filter and
//! with the same fields as the log lines, so what cannot be printed cannot be sent either.

mod collector;
mod error;
mod metrics;
mod pipes;
mod refusal;
mod settings;

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use tracing::Subscriber;
use tracing_subscriber::Layer;
use tracing_subscriber::registry::LookupSpan;

pub use error::TelemetryError;
pub use metrics::{Metrics, Outcome, Poll};
use pipes::Pipes;
pub use settings::{Security, ServiceName, TelemetrySettings};

/// What is sent to a collector, as long as the program runs.
#[derive(Debug)]
pub struct Telemetry {
    pipes: Option<Pipes>,
    metrics: Metrics,
}

impl Telemetry {
    /// Nothing is sent.
    pub fn off() -> Self {
        Self {
            pipes: None,
            metrics: Metrics::off(),
        }
    }

    /// Begins to send. Whether the collector is there turns out later, and only in the log.
    ///
    /// # Errors
    /// When the settings cannot be used.
    pub fn start(settings: &TelemetrySettings) -> Result<Self, TelemetryError> {
        if settings.is_off() {
            return Ok(Self::off());
        }
        let pipes = Pipes::open(settings)?;
        let metrics = Metrics::new(&pipes.meter());
        Ok(Self {
            pipes: Some(pipes),
            metrics,
        })
    }

    /// What a program adds to its subscriber, below its own filter.
    pub fn layer<S>(&self) -> impl Layer<S> + Send + Sync + use<S>
    where
        S: Subscriber + for<'span> LookupSpan<'span> + Send + Sync,
    {
        self.pipes.as_ref().map(Pipes::layers)
    }

    /// What the program counts.
    pub fn metrics(&self) -> Metrics {
        self.metrics.clone()
    }

    /// Sends what is still waiting, for as long as `limit`; what is left then is lost. Blocks its thread meanwhile, as the
    /// end of a program may.
    pub fn finish(self, limit: Duration) {
        let Some(pipes) = self.pipes else { return };
        let (ended, end) = mpsc::sync_channel(1);
        thread::spawn(move || {
            pipes.close(limit);
            ended.send(()).ok();
        });
        // Late or not: there is nothing left to be done.
        end.recv_timeout(limit).ok();
    }
}
