//! OpenTelemetry and the health endpoint: what operators watch.

use crate::field::{Field, Section};

pub(super) const FIELDS: &[Field] = &[
    Field::text(
        "otel-collector-endpoint",
        "The OpenTelemetry collector that traces and logs are sent to",
    )
    .for_operators()
    .under(Section::Log),
    Field::text(
        "otel-collector-endpoint-tls-cert-path",
        "A PEM file with the certificate authority of the collector",
    )
    .for_operators()
    .hidden(),
    Field::text(
        "otel-collector-endpoint-tls-cert",
        "The certificate authority of the collector itself, as PEM or base64 of it",
    )
    .for_operators()
    .hidden(),
    Field::switch(
        "otel-collector-endpoint-tls-insecure",
        "Talk to the collector without encryption",
    )
    .for_operators()
    .hidden(),
    Field::switch("otel-tracing-disabled", "Send no traces")
        .for_operators()
        .hidden(),
    Field::switch("otel-logging-disabled", "Send no logs")
        .for_operators()
        .hidden(),
    Field::switch(
        "health-check",
        "Answer health questions over HTTP while running as a service",
    )
    .for_operators()
    .under(Section::Service),
    Field::number("health-check-port", 8081, "The port of the health endpoint")
        .within(1, 65535)
        .for_operators()
        .under(Section::Service),
    Field::text_or(
        "health-check-bind-address",
        "127.0.0.1",
        "The address of the health endpoint",
    )
    .for_operators()
    .hidden(),
    Field::number(
        "http-timeout-seconds",
        300,
        "The longest that one request may take, in seconds (1 to 1800)",
    )
    .within(1, 1800)
    .for_operators()
    .under(Section::Other),
];
