//! A collector that keeps what it gets.

use std::net::SocketAddr;
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
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue, any_value};
use opentelemetry_proto::tonic::logs::v1::LogRecord;
use opentelemetry_proto::tonic::metrics::v1::{Metric, metric, number_data_point};
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::Span;
use runtime::telemetry::{Security, ServiceName, Telemetry, TelemetrySettings};
use tokio::task::spawn_blocking;
use tonic::transport::server::{Server, ServerTlsConfig, TcpIncoming};
use tonic::{Request, Response, Status};

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// All that arrived.
#[derive(Debug, Default)]
pub(crate) struct Arrived {
    traces: Mutex<Vec<ExportTraceServiceRequest>>,
    logs: Mutex<Vec<ExportLogsServiceRequest>>,
    metrics: Mutex<Vec<ExportMetricsServiceRequest>>,
}

impl Arrived {
    pub(crate) fn spans(&self) -> Vec<Span> {
        let traces = self.traces.lock().unwrap().clone();
        let of_resources = traces.into_iter().flat_map(|request| request.resource_spans);
        let of_scopes = of_resources.flat_map(|resource| resource.scope_spans);
        of_scopes.flat_map(|scope| scope.spans).collect()
    }

    pub(crate) fn logs(&self) -> Vec<LogRecord> {
        self.logs_by_target().into_iter().map(|(_, log)| log).collect()
    }

    pub(crate) fn logs_by_target(&self) -> Vec<(String, LogRecord)> {
        let logs = self.logs.lock().unwrap().clone();
        let of_resources = logs.into_iter().flat_map(|request| request.resource_logs);
        let of_scopes = of_resources.flat_map(|resource| resource.scope_logs);
        let named = of_scopes.flat_map(|scope| {
            let target = scope.scope.map(|scope| scope.name).unwrap_or_default();
            scope
                .log_records
                .into_iter()
                .map(move |log| (target.clone(), log))
        });
        named.collect()
    }

    pub(crate) fn metrics(&self) -> Vec<Metric> {
        let metrics = self.metrics.lock().unwrap().clone();
        let of_resources = metrics.into_iter().flat_map(|request| request.resource_metrics);
        let of_scopes = of_resources.flat_map(|resource| resource.scope_metrics);
        of_scopes.flat_map(|scope| scope.metrics).collect()
    }

    pub(crate) fn resource(&self) -> Resource {
        let logs = self.logs.lock().unwrap().clone();
        let mut of_resources = logs.into_iter().flat_map(|request| request.resource_logs);
        of_resources.next().unwrap().resource.unwrap()
    }
}

/// The service that keeps it.
#[derive(Clone, Debug, Default)]
struct Keeper(Arc<Arrived>);

#[tonic::async_trait]
impl TraceService for Keeper {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        self.0.traces.lock().unwrap().push(request.into_inner());
        Ok(Response::new(ExportTraceServiceResponse::default()))
    }
}

#[tonic::async_trait]
impl LogsService for Keeper {
    async fn export(
        &self,
        request: Request<ExportLogsServiceRequest>,
    ) -> Result<Response<ExportLogsServiceResponse>, Status> {
        self.0.logs.lock().unwrap().push(request.into_inner());
        Ok(Response::new(ExportLogsServiceResponse::default()))
    }
}

#[tonic::async_trait]
impl MetricsService for Keeper {
    async fn export(
        &self,
        request: Request<ExportMetricsServiceRequest>,
    ) -> Result<Response<ExportMetricsServiceResponse>, Status> {
        self.0.metrics.lock().unwrap().push(request.into_inner());
        Ok(Response::new(ExportMetricsServiceResponse::default()))
    }
}

/// Starts one on a free port.
pub(crate) fn start(tls: Option<ServerTlsConfig>) -> (SocketAddr, Arc<Arrived>) {
    let incoming = TcpIncoming::bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = incoming.local_addr().unwrap();
    let keeper = Keeper::default();
    let mut server = Server::builder();
    if let Some(tls) = tls {
        server = server.tls_config(tls).unwrap();
    }
    let serving = server
        .add_service(TraceServiceServer::new(keeper.clone()))
        .add_service(LogsServiceServer::new(keeper.clone()))
        .add_service(MetricsServiceServer::new(keeper.clone()))
        .serve_with_incoming(incoming);
    tokio::spawn(serving);
    (address, keeper.0)
}

pub(crate) fn settings(collector: &impl ToString) -> TelemetrySettings {
    TelemetrySettings {
        collector: collector.to_string(),
        security: Security::Plain,
        traces: true,
        logs: true,
        service: ServiceName {
            name: "baton-cloudflare".to_owned(),
            version: "1.2.3".to_owned(),
            host: "worker-1".to_owned(),
        },
    }
}

/// Sends what is left. Finishing blocks its thread, as at the end of a program.
pub(crate) async fn finish(telemetry: Telemetry) {
    let finished = spawn_blocking(|| telemetry.finish(PATIENCE));
    finished.await.unwrap();
}

/// Names and values, each as text.
pub(crate) fn words(attributes: &[KeyValue]) -> Vec<String> {
    let word = |attribute: &KeyValue| format!("{}={}", attribute.key, word(attribute.value.as_ref()));
    let mut words: Vec<_> = attributes.iter().map(word).collect();
    words.sort();
    words
}

pub(crate) fn word(value: Option<&AnyValue>) -> String {
    match value.and_then(|value| value.value.as_ref()) {
        Some(any_value::Value::StringValue(text)) => text.clone(),
        Some(any_value::Value::IntValue(number)) => number.to_string(),
        other => format!("{other:?}"),
    }
}

/// A line for each series of a metric.
pub(crate) fn series(metric: &Metric) -> Vec<String> {
    let name = &metric.name;
    let unit = &metric.unit;
    match metric.data.as_ref().unwrap() {
        metric::Data::Sum(sum) => {
            let line = |point: &opentelemetry_proto::tonic::metrics::v1::NumberDataPoint| {
                let Some(number_data_point::Value::AsInt(value)) = point.value else {
                    return format!("{point:?}");
                };
                format!("{name}{:?} {value}{unit}", words(&point.attributes))
            };
            sum.data_points.iter().map(line).collect()
        }
        metric::Data::Histogram(histogram) => {
            let points = histogram.data_points.iter();
            points
                .map(|point| {
                    let (count, sum) = (point.count, point.sum.unwrap_or_default());
                    format!("{name}{:?} {count} of {sum}{unit}", words(&point.attributes))
                })
                .collect()
        }
        other => vec![format!("{other:?}")],
    }
}
