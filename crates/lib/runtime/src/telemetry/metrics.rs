//! What a connector counts. The first three names are those of the ecosystem's connectors.

use std::sync::Arc;
use std::time::Duration;

use opentelemetry::KeyValue;
use opentelemetry::metrics::{Counter, Histogram, Meter};

/// Upper bounds of the durations that are told apart, in milliseconds: 100 ms to an hour.
const BOUNDS: [f64; 10] = [
    100.0,
    500.0,
    1_000.0,
    5_000.0,
    10_000.0,
    30_000.0,
    60_000.0,
    300_000.0,
    900_000.0,
    3_600_000.0,
];

/// How a task ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As it should.
    Done,
    /// With the name of a gRPC status, such as `PermissionDenied`.
    Failed(&'static str),
}

/// What came of asking for tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Poll {
    /// There was at least one.
    Task,
    /// There was nothing to do.
    Nothing,
    /// There was no answer, or a refusal.
    Failed,
}

impl Poll {
    fn word(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Nothing => "nothing",
            Self::Failed => "failed",
        }
    }
}

/// A handle for counting; counts nothing when telemetry is off.
#[derive(Clone, Debug)]
pub struct Metrics(Option<Arc<Instruments>>);

#[derive(Debug)]
struct Instruments {
    successes: Counter<u64>,
    failures: Counter<u64>,
    durations: Histogram<u64>,
    polls: Counter<u64>,
    uploads: Counter<u64>,
}

impl Metrics {
    /// Counts nothing.
    pub fn off() -> Self {
        Self(None)
    }

    pub(super) fn new(meter: &Meter) -> Self {
        let count = |name, description| meter.u64_counter(name).with_description(description);
        Self(Some(Arc::new(Instruments {
            successes: count("baton_sdk.task_success", "Tasks that ended as they should").build(),
            failures: count("baton_sdk.task_failure", "Tasks that failed, by gRPC status").build(),
            durations: meter
                .u64_histogram("baton_sdk.task_latency")
                .with_description("How long tasks took")
                .with_unit("ms")
                .with_boundaries(BOUNDS.to_vec())
                .build(),
            polls: count("rollcall.polls", "Questions for tasks, by what came of them").build(),
            uploads: count("rollcall.uploaded", "What was uploaded")
                .with_unit("By")
                .build(),
        })))
    }

    /// A task of a kind, such as `sync_full`, ended.
    pub fn task_finished(&self, kind: &str, outcome: Outcome, took: Duration) {
        let Some(instruments) = &self.0 else { return };
        let kind = KeyValue::new("task_type", kind.to_owned());
        let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let of = |status| KeyValue::new("task_status", status);
        match outcome {
            Outcome::Done => {
                instruments.successes.add(1, std::slice::from_ref(&kind));
                instruments.durations.record(millis, &[kind, of("success")]);
            }
            Outcome::Failed(code) => {
                let code = KeyValue::new("grpc_code", code);
                instruments.failures.add(1, &[kind.clone(), code.clone()]);
                instruments.durations.record(millis, &[kind, of("failure"), code]);
            }
        }
    }

    /// Somebody was asked for tasks.
    pub fn polled(&self, poll: Poll) {
        if let Some(instruments) = &self.0 {
            instruments.polls.add(1, &[KeyValue::new("result", poll.word())]);
        }
    }

    /// A file was uploaded.
    pub fn uploaded(&self, bytes: u64) {
        if let Some(instruments) = &self.0 {
            instruments.uploads.add(bytes, &[]);
        }
    }
}
