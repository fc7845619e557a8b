//! Sending telemetry makes no telemetry.

use runtime::telemetry::Telemetry;
use tracing_subscriber::layer::SubscriberExt as _;

use crate::collector;

/// Everything that the process says goes to the collector here, as its own connections would.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn connections_to_the_collector_are_not_reported_to_it() {
    let (address, arrived) = collector::start(None);
    let telemetry = Telemetry::start(&collector::settings(&address)).unwrap();
    let subscriber = tracing_subscriber::registry().with(telemetry.layer());
    tracing::subscriber::set_global_default(subscriber).unwrap();
    // More than one batch: what the first one causes would be in the last one.
    for _ in 0..600 {
        tracing::info!("hello");
    }
    collector::finish(telemetry).await;

    let logs = arrived.logs_by_target();
    assert!(
        logs.iter().any(|(target, _)| target.starts_with("telemetry")),
        "what the program says arrives"
    );
    let ends = ["h2::client", "hyper_util::client", "tower::buffer"];
    let own = logs
        .iter()
        .filter(|(target, _)| ends.iter().any(|end| target.starts_with(end)));
    assert_eq!(own.count(), 0);
}
