//! What carries spans, events and numbers to the collector.

use std::fmt;
use std::time::Duration;

use opentelemetry::metrics::{Meter, MeterProvider as _};
use opentelemetry::trace::TracerProvider as _;
use opentelemetry::{Context, KeyValue};
use opentelemetry_appender_tracing::layer::OpenTelemetryTracingBridge;
use opentelemetry_otlp::{
    ExporterBuildError, LogExporter, MetricExporter, SpanExporter, WithExportConfig as _,
    WithTonicConfig as _,
};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::logs::SdkLoggerProvider;
use opentelemetry_sdk::metrics::SdkMeterProvider;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tokio::runtime::{Builder, Runtime};
use tonic::transport::Channel;
use tracing::Subscriber;
use tracing_subscriber::Layer;
use tracing_subscriber::registry::LookupSpan;

use super::refusal::Watched;
use super::{ServiceName, TelemetryError, TelemetrySettings, collector};

/// The longest that sending one batch may take.
const SEND_LIMIT: Duration = Duration::from_secs(5);

/// The name that our spans and numbers are under.
const SCOPE: &str = "rollcall";

/// The open pipes. The machinery comes last, so it is there until the pipes are closed.
#[derive(Debug)]
pub(super) struct Pipes {
    traces: Option<SdkTracerProvider>,
    logs: Option<SdkLoggerProvider>,
    metrics: SdkMeterProvider,
    machinery: Machinery,
}

impl Pipes {
    pub(super) fn open(settings: &TelemetrySettings) -> Result<Self, TelemetryError> {
        let endpoint = collector::endpoint(settings)?;
        let machinery = Machinery::start().map_err(TelemetryError::System)?;
        let inside = machinery.enter();
        let channel = endpoint.connect_lazy();
        let resource = resource(&settings.service);
        let open = || -> Result<_, ExporterBuildError> {
            let traces = settings.traces.then(|| traces(&channel, &resource));
            let logs = settings.logs.then(|| logs(&channel, &resource));
            Ok((
                traces.transpose()?,
                logs.transpose()?,
                metrics(&channel, &resource)?,
            ))
        };
        let (traces, logs, metrics) = open().map_err(|error| TelemetryError::Connections {
            reason: error.to_string(),
        })?;
        tokio::spawn(collector::look(endpoint));
        drop(inside);
        Ok(Self {
            traces,
            logs,
            metrics,
            machinery,
        })
    }

    pub(super) fn meter(&self) -> Meter {
        self.metrics.meter(SCOPE)
    }

    pub(super) fn layers<S>(&self) -> Vec<Box<dyn Layer<S> + Send + Sync>>
    where
        S: Subscriber + for<'span> LookupSpan<'span> + Send + Sync,
    {
        let mut layers: Vec<Box<dyn Layer<S> + Send + Sync>> = Vec::new();
        if let Some(traces) = &self.traces {
            let layer = tracing_opentelemetry::layer()
                .with_location(false)
                .with_threads(false)
                .with_tracked_inactivity(false)
                .with_tracer(traces.tracer(SCOPE));
            layers.push(layer.boxed());
        }
        if let Some(logs) = &self.logs {
            layers.push(OpenTelemetryTracingBridge::new(logs).boxed());
        }
        layers
    }

    /// Sends what is left. What goes wrong is not worth a word at the end of a program.
    pub(super) fn close(self, limit: Duration) {
        if let Some(traces) = &self.traces {
            traces.shutdown_with_timeout(limit).ok();
        }
        if let Some(logs) = &self.logs {
            logs.shutdown_with_timeout(limit).ok();
        }
        self.metrics.shutdown_with_timeout(limit).ok();
        drop(self.machinery);
    }
}

fn traces(channel: &Channel, resource: &Resource) -> Result<SdkTracerProvider, ExporterBuildError> {
    let exporter = SpanExporter::builder()
        .with_tonic()
        .with_channel(channel.clone())
        .with_timeout(SEND_LIMIT)
        .build()?;
    Ok(SdkTracerProvider::builder()
        .with_resource(resource.clone())
        .with_batch_exporter(Watched::new(exporter, "traces"))
        .build())
}

fn logs(channel: &Channel, resource: &Resource) -> Result<SdkLoggerProvider, ExporterBuildError> {
    let exporter = LogExporter::builder()
        .with_tonic()
        .with_channel(channel.clone())
        .with_timeout(SEND_LIMIT)
        .build()?;
    Ok(SdkLoggerProvider::builder()
        .with_resource(resource.clone())
        .with_batch_exporter(Watched::new(exporter, "logs"))
        .build())
}

fn metrics(channel: &Channel, resource: &Resource) -> Result<SdkMeterProvider, ExporterBuildError> {
    let exporter = MetricExporter::builder()
        .with_tonic()
        .with_channel(channel.clone())
        .with_timeout(SEND_LIMIT)
        .build()?;
    Ok(SdkMeterProvider::builder()
        .with_resource(resource.clone())
        .with_periodic_exporter(Watched::new(exporter, "metrics"))
        .build())
}

fn resource(service: &ServiceName) -> Resource {
    Resource::builder()
        .with_service_name(service.name.clone())
        .with_attributes([
            KeyValue::new("service.version", service.version.clone()),
            KeyValue::new("host.name", service.host.clone()),
        ])
        .build()
}

/// A thread of our own for the connection: sending goes on when the program's own threads are busy or gone.
struct Machinery(Option<Runtime>);

impl Machinery {
    fn start() -> std::io::Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("telemetry")
            .on_thread_start(silence)
            .enable_all()
            .build()?;
        Ok(Self(Some(runtime)))
    }

    fn enter(&self) -> Option<tokio::runtime::EnterGuard<'_>> {
        self.0.as_ref().map(Runtime::enter)
    }
}

/// What happens while telemetry is sent is not telemetry: otherwise it would never end.
fn silence() {
    std::mem::forget(Context::enter_telemetry_suppressed_scope());
}

impl Drop for Machinery {
    /// Waits for nobody: it may be dropped where waiting is not allowed.
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl fmt::Debug for Machinery {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Machinery").finish_non_exhaustive()
    }
}
