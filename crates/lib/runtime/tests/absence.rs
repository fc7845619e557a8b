//! A collector that nobody finds is a line in the log, because otherwise nobody would notice.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use runtime::telemetry::{Security, ServiceName, Telemetry, TelemetrySettings};
use tokio::net::TcpListener;

/// Longer than it takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// The log, as text.
#[derive(Clone, Debug, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// What it says once it says something.
    async fn said(&self) -> String {
        loop {
            let said = self.0.lock().unwrap().clone();
            if !said.is_empty() {
                return String::from_utf8_lossy(&said).into_owned();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

#[tokio::test]
async fn the_log_tells_that_nobody_is_there() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    let log = Log::default();
    let lines = log.clone();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::WARN)
        .without_time()
        .with_ansi(false)
        .with_writer(move || lines.clone())
        .init();
    let telemetry = Telemetry::start(&TelemetrySettings {
        collector: address.clone(),
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
    let said = tokio::time::timeout(PATIENCE, log.said()).await.unwrap();
    telemetry.finish(Duration::ZERO);
    assert!(
        said.contains("no connection to the OpenTelemetry collector"),
        "{said}"
    );
    assert!(said.contains(&address), "{said}");
}
