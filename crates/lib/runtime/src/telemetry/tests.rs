//! A collector on a socket of its own: what is sent arrives.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use opentelemetry_proto::tonic::collector::logs::v1::logs_service_server::{LogsService, LogsServiceServer};
use opentelemetry_proto::tonic::collector::logs::v1::{ExportLogsServiceRequest, ExportLogsServiceResponse};
use opentelemetry_proto::tonic::collector::metrics::v1::metrics_service_server::{
    MetricsService, MetricsServiceServer,
};
use opentelemetry_proto::tonic::collector::metrics::v1::{
    ExportMetricsServiceRequest, ExportMetricsServiceResponse,
};
use opentelemetry_proto::tonic::collector::trace::v1::trace_service_server::{
    TraceService, TraceServiceServer,
};
use opentelemetry_proto::tonic::collector::trace::v1::{
    ExportTraceServiceRequest, ExportTraceServiceResponse,
};
use tonic::{Request, Response, Status};
use tracing_subscriber::layer::SubscriberExt;

use super::*;

/// Keeps everything that it is given, as text.
#[derive(Clone, Default)]
struct Collecting(Arc<Mutex<Vec<String>>>);

impl Collecting {
    fn keep(&self, what: &dyn std::fmt::Debug) {
        self.0.lock().unwrap().push(format!("{what:?}"));
    }

    fn all(&self) -> String {
        self.0.lock().unwrap().join("\n")
    }
}

#[tonic::async_trait]
impl TraceService for Collecting {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        self.keep(request.get_ref());
        Ok(Response::new(ExportTraceServiceResponse::default()))
    }
}

#[tonic::async_trait]
impl LogsService for Collecting {
    async fn export(
        &self,
        request: Request<ExportLogsServiceRequest>,
    ) -> Result<Response<ExportLogsServiceResponse>, Status> {
        self.keep(request.get_ref());
        Ok(Response::new(ExportLogsServiceResponse::default()))
    }
}

#[tonic::async_trait]
impl MetricsService for Collecting {
    async fn export(
        &self,
        request: Request<ExportMetricsServiceRequest>,
    ) -> Result<Response<ExportMetricsServiceResponse>, Status> {
        self.keep(request.get_ref());
        Ok(Response::new(ExportMetricsServiceResponse::default()))
    }
}

fn settings(address: String) -> TelemetrySettings {
    TelemetrySettings {
        service: "baton-fake".to_owned(),
        version: "1.2.3".to_owned(),
        instance: "one".to_owned(),
        collector: Collector {
            address,
            trust: Trust::Nobody,
        },
        traces: true,
        logs: true,
    }
}

/// A collector, and where it is.
async fn collector() -> (Collecting, String) {
    let collecting = Collecting::default();
    let router = tonic::service::Routes::new(TraceServiceServer::new(collecting.clone()))
        .add_service(LogsServiceServer::new(collecting.clone()))
        .add_service(MetricsServiceServer::new(collecting.clone()))
        .prepare()
        .into_axum_router();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(axum::serve(listener, router).into_future());
    (collecting, address)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_span_a_line_and_a_count_arrive() {
    let (collecting, address) = collector().await;
    let telemetry = Telemetry::start(&settings(address)).unwrap();
    let subscriber = tracing_subscriber::registry().with(telemetry.layers());
    tracing::subscriber::with_default(subscriber, || {
        tracing::info_span!("task", kind = "grant").in_scope(|| tracing::info!(task = "t1", "task begun"));
    });
    telemetry
        .metrics()
        .task_ended("grant", "done", Duration::from_millis(20));
    telemetry.finish(Duration::from_secs(20)).await;
    let all = collecting.all();
    for what in [
        "baton-fake",
        "1.2.3",
        "service.instance.id",
        "task begun",
        "\"task\"",
        "rollcall.tasks",
        "grant",
    ] {
        assert!(all.contains(what), "{what} is not in {all}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_switched_off_is_not_sent() {
    let (collecting, address) = collector().await;
    let telemetry = Telemetry::start(&TelemetrySettings {
        traces: false,
        logs: false,
        ..settings(address)
    });
    let telemetry = telemetry.unwrap();
    let subscriber = tracing_subscriber::registry().with(telemetry.layers());
    tracing::subscriber::with_default(subscriber, || tracing::info!("task begun"));
    telemetry
        .metrics()
        .task_ended("grant", "done", Duration::from_millis(20));
    telemetry.finish(Duration::from_secs(20)).await;
    let all = collecting.all();
    assert!(
        !all.contains("task begun") && all.contains("rollcall.tasks"),
        "{all}"
    );
}

/// Nobody waits for a collector that is not there.
#[tokio::test(flavor = "multi_thread")]
async fn an_absent_collector_holds_nobody_up() {
    let telemetry = Telemetry::start(&settings("127.0.0.1:1".to_owned())).unwrap();
    let subscriber = tracing_subscriber::registry().with(telemetry.layers());
    tracing::subscriber::with_default(subscriber, || {
        for _ in 0..10_000 {
            tracing::info!("task begun");
        }
    });
    telemetry.finish(Duration::from_millis(100)).await;
}

#[tokio::test]
async fn an_address_that_is_none_is_named() {
    let wrong = Telemetry::start(&settings("not an address".to_owned())).unwrap_err();
    insta::assert_snapshot!(wrong, @"`not an address` is no address of an OpenTelemetry collector: invalid URI");
}
