//! What arrives, and what does not.

use std::net::SocketAddr;
use std::time::Duration;

use runtime::telemetry::{Outcome, Poll, Telemetry};
use secrecy::SecretString;
use tokio::net::TcpListener;
use tracing_subscriber::layer::SubscriberExt as _;

use crate::collector::{self, series, word, words};

/// A little work with a span around it.
fn work(telemetry: &Telemetry) {
    let subscriber = tracing_subscriber::registry().with(telemetry.layer());
    tracing::subscriber::with_default(subscriber, || {
        let secret = SecretString::from("hunter2");
        let span = tracing::info_span!("sync", feed = "members", secret = ?secret);
        let _inside = span.enter();
        tracing::warn!(pages = 3, token = ?secret, "a listing shifted");
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn spans_and_log_lines_arrive_and_belong_together() {
    let (address, arrived) = collector::start(None);
    let telemetry = Telemetry::start(&collector::settings(&address)).unwrap();
    work(&telemetry);
    collector::finish(telemetry).await;

    let spans = arrived.spans();
    assert_eq!(spans.len(), 1);
    assert_eq!(spans[0].name, "sync");
    assert!(words(&spans[0].attributes).contains(&"feed=members".to_owned()));
    let logs = arrived.logs();
    assert_eq!(logs.len(), 1);
    assert_eq!(word(logs[0].body.as_ref()), "a listing shifted");
    assert_eq!(logs[0].severity_text, "WARN");
    assert!(words(&logs[0].attributes).contains(&"pages=3".to_owned()));
    assert_eq!(logs[0].trace_id, spans[0].trace_id);
    assert_eq!(logs[0].span_id, spans[0].span_id);
    let who = words(&arrived.resource().attributes);
    for known in [
        "host.name=worker-1",
        "service.name=baton-cloudflare",
        "service.version=1.2.3",
    ] {
        assert!(who.contains(&known.to_owned()), "{known} in {who:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn secrets_do_not_arrive() {
    let (address, arrived) = collector::start(None);
    let telemetry = Telemetry::start(&collector::settings(&address)).unwrap();
    work(&telemetry);
    collector::finish(telemetry).await;

    let all = format!("{arrived:?}");
    assert!(all.contains("REDACTED"), "the fields themselves arrive");
    assert!(!all.contains("hunter2"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn numbers_arrive() {
    let (address, arrived) = collector::start(None);
    let telemetry = Telemetry::start(&collector::settings(&address)).unwrap();
    let metrics = telemetry.metrics();
    metrics.task_finished("sync_full", Outcome::Done, Duration::from_millis(1500));
    metrics.task_finished(
        "grant",
        Outcome::Failed("PermissionDenied"),
        Duration::from_millis(20),
    );
    metrics.polled(Poll::Nothing);
    metrics.polled(Poll::Nothing);
    metrics.polled(Poll::Task);
    metrics.uploaded(4096);
    collector::finish(telemetry).await;

    let mut lines: Vec<_> = arrived.metrics().iter().flat_map(series).collect();
    lines.sort();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    baton_sdk.task_failure["grpc_code=PermissionDenied", "task_type=grant"] 1
    baton_sdk.task_latency["grpc_code=PermissionDenied", "task_status=failure", "task_type=grant"] 1 of 20ms
    baton_sdk.task_latency["task_status=success", "task_type=sync_full"] 1 of 1500ms
    baton_sdk.task_success["task_type=sync_full"] 1
    rollcall.polls["result=nothing"] 2
    rollcall.polls["result=task"] 1
    rollcall.uploaded[] 4096By
    "#);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn traces_and_logs_can_be_left_out() {
    let (address, arrived) = collector::start(None);
    let mut settings = collector::settings(&address);
    settings.traces = false;
    let telemetry = Telemetry::start(&settings).unwrap();
    work(&telemetry);
    collector::finish(telemetry).await;
    assert_eq!((arrived.spans().len(), arrived.logs().len()), (0, 1));

    let (address, arrived) = collector::start(None);
    let mut settings = collector::settings(&address);
    settings.logs = false;
    let telemetry = Telemetry::start(&settings).unwrap();
    work(&telemetry);
    collector::finish(telemetry).await;
    assert_eq!((arrived.spans().len(), arrived.logs().len()), (1, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn without_a_collector_nothing_is_sent_and_everything_works() {
    for telemetry in [
        Telemetry::off(),
        Telemetry::start(&collector::settings(&"")).unwrap(),
    ] {
        work(&telemetry);
        telemetry.metrics().uploaded(1);
        collector::finish(telemetry).await;
    }
}

/// Much more than the queues hold; then the end must not wait for the collector.
async fn overflow(address: SocketAddr) {
    let telemetry = Telemetry::start(&collector::settings(&address)).unwrap();
    for _ in 0..5000 {
        work(&telemetry);
    }
    let finished = tokio::task::spawn_blocking(|| telemetry.finish(Duration::from_millis(200)));
    finished.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_collector_that_is_absent_or_silent_holds_nobody_up() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = silent.local_addr().unwrap();
    overflow(address).await;
    drop(silent);
    overflow(address).await;
}
