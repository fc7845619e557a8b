//! The log of the whole process, as text.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use runtime::telemetry::{Security, ServiceName, Telemetry, TelemetrySettings};
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Longer than it takes on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// The log, as text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// Begins to send to a collector, and to keep what the process warns of.
    pub(crate) fn begin(collector: String) -> (Self, Telemetry) {
        let telemetry = Telemetry::start(&TelemetrySettings {
            collector,
            security: Security::Plain,
            traces: true,
            logs: true,
            service: ServiceName {
                name: "baton-cloudflare".to_owned(),
                version: "1.2.3".to_owned(),
                host: "worker-1".to_owned(),
            },
        })
        .unwrap();
        let log = Self::default();
        let lines = log.clone();
        let layer = tracing_subscriber::fmt::layer()
            .without_time()
            .with_ansi(false)
            .with_writer(move || lines.clone())
            .with_filter(LevelFilter::WARN);
        tracing_subscriber::registry()
            .with(telemetry.layer())
            .with(layer)
            .init();
        (log, telemetry)
    }

    /// What it says.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}
