//! OpenTelemetry: traces, logs and metrics, for a collector that somebody names.
//!
//! The only place that knows OpenTelemetry. A collector that is slow or away never holds the program up: what it does
//! not take in time is dropped.

mod metrics;
#[cfg(test)]
mod tests;

use std::time::Duration;

use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_appender_tracing::layer::OpenTelemetryTracingBridge;
use opentelemetry_otlp::{
    ExporterBuildError, LogExporter, MetricExporter, SpanExporter, WithTonicConfig as _,
};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::logs::SdkLoggerProvider;
use opentelemetry_sdk::metrics::SdkMeterProvider;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::registry::LookupSpan;

pub use metrics::Metrics;

/// How long one delivery may take.
const DELIVERY: Duration = Duration::from_secs(10);
/// Crates whose events come from delivering events.
const OWN: [&str; 6] = ["opentelemetry", "tonic", "h2", "hyper", "tower", "rustls"];

/// Where telemetry goes, and what of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TelemetrySettings {
    /// The program.
    pub service: String,
    /// Its version.
    pub version: String,
    /// This instance of it.
    pub instance: String,
    /// Where to.
    pub collector: Collector,
    /// Whether traces are sent.
    pub traces: bool,
    /// Whether logs are sent.
    pub logs: bool,
}

/// A collector that takes OTLP over gRPC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collector {
    /// `host:port`.
    pub address: String,
    /// How it is known to be the right one.
    pub trust: Trust,
}

/// How a collector is known to be the right one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// By the system's certificates.
    System,
    /// By this certificate authority, PEM.
    Authority(String),
    /// Not at all: without encryption.
    Nobody,
}

/// Why no telemetry can be sent.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The address is none.
    #[error("`{address}` is no address of an OpenTelemetry collector: {source}")]
    Address {
        /// As it was given.
        address: String,
        /// What is wrong with it.
        source: tonic::transport::Error,
    },
    /// It cannot be made ready.
    #[error("telemetry cannot be made ready: {0}")]
    Exporter(#[from] ExporterBuildError),
}

/// Telemetry that is being sent.
#[derive(Debug)]
pub struct Telemetry {
    traces: Option<SdkTracerProvider>,
    logs: Option<SdkLoggerProvider>,
    metrics: SdkMeterProvider,
}

impl Telemetry {
    /// Makes everything ready; nothing is sent yet, and nothing waits for the collector. Must be called inside a runtime.
    ///
    /// # Errors
    /// When the address or the certificate cannot be used.
    pub fn start(settings: &TelemetrySettings) -> Result<Self, TelemetryError> {
        let channel = channel(&settings.collector)?;
        let about = about(settings);
        let traces = settings
            .traces
            .then(|| traces(channel.clone(), about.clone()))
            .transpose()?;
        let logs = settings
            .logs
            .then(|| logs(channel.clone(), about.clone()))
            .transpose()?;
        let metrics = metrics::provider(metric_exporter(channel)?, about);
        Ok(Self {
            traces,
            logs,
            metrics,
        })
    }

    /// What takes spans and events from the program's log. Those of the delivery itself are left out.
    pub fn layers<S>(&self) -> Vec<Box<dyn Layer<S> + Send + Sync>>
    where
        S: tracing::Subscriber + for<'a> LookupSpan<'a> + Send + Sync,
    {
        let others = || filter_fn(|metadata| !is_own(metadata.target()));
        let traces = self.traces.as_ref().map(|provider| {
            let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("rollcall"));
            layer.with_filter(others()).boxed()
        });
        let logs = self.logs.as_ref().map(|provider| {
            let layer = OpenTelemetryTracingBridge::new(provider);
            layer.with_filter(others()).boxed()
        });
        traces.into_iter().chain(logs).collect()
    }

    /// What the program counts.
    pub fn metrics(&self) -> Metrics {
        Metrics::of(&self.metrics)
    }

    /// Sends what is left, and gives up when that takes too long.
    pub async fn finish(self, at_most: Duration) {
        let sending = tokio::task::spawn_blocking(move || {
            // What cannot be delivered is lost; there is nobody to tell.
            self.traces
                .map(|traces| traces.shutdown_with_timeout(DELIVERY).ok());
            self.logs.map(|logs| logs.shutdown_with_timeout(DELIVERY).ok());
            self.metrics.shutdown_with_timeout(DELIVERY).ok();
        });
        tokio::time::timeout(at_most, sending).await.ok();
    }
}

fn is_own(target: &str) -> bool {
    OWN.iter().any(|name| target.starts_with(name))
}

fn channel(collector: &Collector) -> Result<Channel, TelemetryError> {
    let wrong = |source| TelemetryError::Address {
        address: collector.address.clone(),
        source,
    };
    let secure = ClientTlsConfig::new();
    let (scheme, trust) = match &collector.trust {
        Trust::System => ("https", Some(secure.with_native_roots())),
        Trust::Authority(pem) => ("https", Some(secure.ca_certificate(Certificate::from_pem(pem)))),
        Trust::Nobody => ("http", None),
    };
    let bare = collector
        .address
        .split_once("://")
        .map_or(collector.address.as_str(), |(_, rest)| rest);
    let endpoint = Endpoint::from_shared(format!("{scheme}://{bare}")).map_err(wrong)?;
    let endpoint = endpoint.timeout(DELIVERY).connect_timeout(DELIVERY);
    let endpoint = match trust {
        Some(trust) => endpoint.tls_config(trust).map_err(wrong)?,
        None => endpoint,
    };
    Ok(endpoint.connect_lazy())
}

/// What every piece of telemetry says of where it comes from.
fn about(settings: &TelemetrySettings) -> Resource {
    Resource::builder()
        .with_service_name(settings.service.clone())
        .with_attributes([
            KeyValue::new("service.version", settings.version.clone()),
            KeyValue::new("service.instance.id", settings.instance.clone()),
        ])
        .build()
}

fn traces(channel: Channel, about: Resource) -> Result<SdkTracerProvider, ExporterBuildError> {
    let exporter = SpanExporter::builder()
        .with_tonic()
        .with_channel(channel)
        .build()?;
    let provider = SdkTracerProvider::builder().with_batch_exporter(exporter);
    Ok(provider.with_resource(about).build())
}

fn logs(channel: Channel, about: Resource) -> Result<SdkLoggerProvider, ExporterBuildError> {
    let exporter = LogExporter::builder()
        .with_tonic()
        .with_channel(channel)
        .build()?;
    let provider = SdkLoggerProvider::builder().with_batch_exporter(exporter);
    Ok(provider.with_resource(about).build())
}

fn metric_exporter(channel: Channel) -> Result<MetricExporter, ExporterBuildError> {
    MetricExporter::builder()
        .with_tonic()
        .with_channel(channel)
        .build()
}
