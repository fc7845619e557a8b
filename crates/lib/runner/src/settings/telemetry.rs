//! What telemetry to send.

use runtime::telemetry::Security;

use crate::input::Values;
use crate::problem::Problem;

/// What telemetry to send, and where to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TelemetryWanted {
    /// Host and port.
    pub(crate) collector: String,
    pub(crate) security: Security,
    pub(crate) traces: bool,
    pub(crate) logs: bool,
}

impl TelemetryWanted {
    /// Takes what is given; `None` when no collector is.
    pub(super) fn read(values: &Values) -> Result<Option<Self>, Problem> {
        let Some(collector) = text(values, "otel-collector-endpoint") else {
            return Ok(None);
        };
        Ok(Some(Self {
            collector: collector.to_owned(),
            security: security(values)?,
            traces: !values.switch("otel-tracing-disabled"),
            logs: !values.switch("otel-logging-disabled"),
        }))
    }
}

fn security(values: &Values) -> Result<Security, Problem> {
    const FILE: &str = "otel-collector-endpoint-tls-cert-path";
    let authority = text(values, "otel-collector-endpoint-tls-cert");
    let plain = values.switch("otel-collector-endpoint-tls-insecure");
    Security::choose(text(values, FILE), authority, plain)
        .map_err(|error| Problem::new(error.to_string()).given_by(values.origin(FILE)))
}

fn text<'v>(values: &'v Values, name: &str) -> Option<&'v str> {
    Some(values.text(name)).filter(|text| !text.is_empty())
}
