//! A collector that nobody finds is a line in the log, because otherwise nobody would notice.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod log;

use std::time::Duration;

use tokio::net::TcpListener;

use crate::log::{Log, PATIENCE};

/// What the log says once it says something.
async fn said(log: &Log) -> String {
    while log.text().is_empty() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    log.text()
}

#[tokio::test]
async fn the_log_tells_that_nobody_is_there() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    let (log, telemetry) = Log::begin(address.clone());
    let said = tokio::time::timeout(PATIENCE, said(&log)).await.unwrap();
    telemetry.finish(Duration::ZERO);
    assert!(
        said.contains("no connection to the OpenTelemetry collector"),
        "{said}"
    );
    assert!(said.contains(&address), "{said}");
}
