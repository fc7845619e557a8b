//! A collector that takes nothing is a line in the log for each kind of thing that it refuses, and no more than that.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

mod log;

use tonic::service::Routes;
use tonic::transport::server::{Server, TcpIncoming};

use crate::log::{Log, PATIENCE};

/// More than two batches.
const MANY: usize = 1500;

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_log_tells_once_what_is_refused() {
    let incoming = TcpIncoming::bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = incoming.local_addr().unwrap();
    // It has no service for anything.
    let server = Server::builder().add_routes(Routes::default());
    tokio::spawn(server.serve_with_incoming(incoming));
    let (log, telemetry) = Log::begin(address.to_string());
    telemetry.metrics().uploaded(1);
    for _ in 0..MANY {
        tracing::info_span!("work").in_scope(|| tracing::info!("done"));
    }
    let finished = tokio::task::spawn_blocking(|| telemetry.finish(PATIENCE));
    finished.await.unwrap();
    let said = log.text();
    let mut lines: Vec<&str> = said.lines().collect();
    lines.sort_unstable();
    insta::assert_snapshot!(lines.join("\n"), @r#"
     WARN runtime::telemetry::refusal: the OpenTelemetry collector refuses logs; what it does not take is dropped status="Unimplemented"
     WARN runtime::telemetry::refusal: the OpenTelemetry collector refuses metrics; what it does not take is dropped status="Unimplemented"
     WARN runtime::telemetry::refusal: the OpenTelemetry collector refuses traces; what it does not take is dropped status="Unimplemented"
    "#);
}
