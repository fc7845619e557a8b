//! What a program counts.

use std::sync::Arc;
use std::time::Duration;

use opentelemetry::KeyValue;
use opentelemetry::metrics::{Counter, Histogram, MeterProvider as _};
use opentelemetry_otlp::MetricExporter;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::metrics::SdkMeterProvider;

/// Counts; of nothing when telemetry is off. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Metrics(Option<Arc<Instruments>>);

#[derive(Debug)]
struct Instruments {
    tasks: Counter<u64>,
    seconds: Histogram<f64>,
}

impl Metrics {
    pub(super) fn of(provider: &SdkMeterProvider) -> Self {
        let meter = provider.meter("rollcall");
        Self(Some(Arc::new(Instruments {
            tasks: meter
                .u64_counter("rollcall.tasks")
                .with_description("Tasks that have ended, by kind and outcome")
                .build(),
            seconds: meter
                .f64_histogram("rollcall.task.duration")
                .with_description("How long tasks took, by kind")
                .with_unit("s")
                .build(),
        })))
    }

    /// A task has ended.
    pub fn task_ended(&self, kind: &'static str, outcome: &'static str, took: Duration) {
        if let Some(instruments) = &self.0 {
            let kind = KeyValue::new("kind", kind);
            instruments
                .seconds
                .record(took.as_secs_f64(), std::slice::from_ref(&kind));
            instruments
                .tasks
                .add(1, &[kind, KeyValue::new("outcome", outcome)]);
        }
    }
}

pub(super) fn provider(exporter: MetricExporter, about: Resource) -> SdkMeterProvider {
    SdkMeterProvider::builder()
        .with_periodic_exporter(exporter)
        .with_resource(about)
        .build()
}
