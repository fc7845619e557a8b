//! What telemetry to send.

use runtime::{Collector, Trust};

use crate::input::Values;
use crate::problem::Problem;

/// What telemetry to send, and where to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TelemetryWanted {
    pub(crate) collector: Collector,
    pub(crate) traces: bool,
    pub(crate) logs: bool,
}

impl TelemetryWanted {
    /// Takes what is given; `None` when no collector is.
    pub(super) fn read(values: &Values) -> Result<Option<Self>, Problem> {
        let address = values.text("otel-collector-endpoint");
        if address.is_empty() {
            return Ok(None);
        }
        Ok(Some(Self {
            collector: Collector {
                address: address.to_owned(),
                trust: trust(values)?,
            },
            traces: !values.switch("otel-tracing-disabled"),
            logs: !values.switch("otel-logging-disabled"),
        }))
    }
}

/// As in the original: without checking who it is means without encryption.
fn trust(values: &Values) -> Result<Trust, Problem> {
    const FILE: &str = "otel-collector-endpoint-tls-cert-path";
    if values.switch("otel-collector-endpoint-tls-insecure") {
        return Ok(Trust::Nobody);
    }
    let (file, text) = (values.text(FILE), values.text("otel-collector-endpoint-tls-cert"));
    match (file, text) {
        ("", "") => Ok(Trust::System),
        ("", text) => Ok(Trust::Authority(text.to_owned())),
        (file, _) => std::fs::read_to_string(file)
            .map(Trust::Authority)
            .map_err(|error| {
                Problem::new(format!("{FILE}: cannot read {file}: {error}")).given_by(values.origin(FILE))
            }),
    }
}
