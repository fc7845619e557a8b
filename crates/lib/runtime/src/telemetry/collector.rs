//! The way to the collector.

use std::error::Error;
use std::time::Duration;

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use tonic::transport::{Certificate, ClientTlsConfig, Endpoint};

use super::{Security, TelemetryError, TelemetrySettings};

/// The longest that connecting may take.
const CONNECT_LIMIT: Duration = Duration::from_secs(5);

/// By then a program has begun to log.
const FIRST_LOOK: Duration = Duration::from_secs(1);

/// The line before a certificate.
const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----";

/// URL-safe, and whoever pads is understood, too.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The place that the settings name, not connected yet.
pub(super) fn endpoint(settings: &TelemetrySettings) -> Result<Endpoint, TelemetryError> {
    let plain = settings.security == Security::Plain;
    let host = host(&settings.collector, plain)?;
    let scheme = if plain { "http" } else { "https" };
    let endpoint =
        Endpoint::from_shared(format!("{scheme}://{host}")).map_err(|_| TelemetryError::Address {
            collector: settings.collector.clone(),
        })?;
    let endpoint = match tls(&settings.security)? {
        Some(tls) => endpoint.tls_config(tls).map_err(|error| connections(&error))?,
        None => endpoint,
    };
    Ok(endpoint.connect_timeout(CONNECT_LIMIT))
}

/// Host and port. The forms of the ecosystem's gRPC library and those of OpenTelemetry are understood.
fn host(collector: &str, plain: bool) -> Result<&str, TelemetryError> {
    let address = collector.strip_prefix("dns:///").unwrap_or(collector);
    let (scheme, host) = match address.split_once("://") {
        Some((scheme, host)) => (Some(scheme), host),
        None => (None, address),
    };
    let collector = || collector.to_owned();
    match scheme {
        None => Ok(host),
        Some("http") if plain => Ok(host),
        Some("https") if !plain => Ok(host),
        Some("http" | "https") => Err(TelemetryError::Contradiction {
            collector: collector(),
        }),
        Some(_) => Err(TelemetryError::Address {
            collector: collector(),
        }),
    }
}

fn tls(security: &Security) -> Result<Option<ClientTlsConfig>, TelemetryError> {
    let pem = match security {
        Security::Plain => return Ok(None),
        Security::System => return Ok(Some(ClientTlsConfig::new().with_native_roots())),
        Security::File(path) => {
            std::fs::read_to_string(path).map_err(|source| TelemetryError::AuthorityFile {
                path: path.clone(),
                source,
            })?
        }
        Security::Authority(given) => decoded(given),
    };
    if !pem.contains(CERTIFICATE) {
        return Err(TelemetryError::NoCertificate);
    }
    let authority = Certificate::from_pem(pem);
    Ok(Some(ClientTlsConfig::new().ca_certificate(authority)))
}

/// What is not base64 is taken as it is.
fn decoded(given: &str) -> String {
    let decoded = BASE64.decode(given.trim()).ok();
    let text = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
    text.unwrap_or_else(|| given.to_owned())
}

/// Says once in the log when nobody is there: otherwise nobody would notice.
pub(super) async fn look(endpoint: Endpoint) {
    tokio::time::sleep(FIRST_LOOK).await;
    if let Err(error) = endpoint.connect().await {
        tracing::warn!(
            collector = %endpoint.uri(),
            reason = reason(&error),
            "no connection to the OpenTelemetry collector; what cannot be sent is dropped"
        );
    }
}

pub(super) fn connections(error: &tonic::transport::Error) -> TelemetryError {
    TelemetryError::Connections {
        reason: reason(error),
    }
}

/// The library's own words say nothing; what lies beneath does.
fn reason(error: &tonic::transport::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| (**cause).source());
    causes
        .last()
        .map_or_else(|| error.to_string(), ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(collector: &str, plain: bool) -> String {
        match host(collector, plain) {
            Ok(host) => host.to_owned(),
            Err(error) => format!("{error}\n  {}", error.hint()),
        }
    }

    #[test]
    fn addresses_are_those_of_both_worlds() {
        for address in [
            "collector:4317",
            "dns:///collector:4317",
            "https://collector:4317",
        ] {
            assert_eq!(said(address, false), "collector:4317");
        }
        assert_eq!(said("http://[::1]:4317", true), "[::1]:4317");
    }

    #[test]
    fn addresses_that_mean_something_else_are_refused() {
        let said = [
            said("http://collector:4317", false),
            said("https://collector:4317", true),
            said("unix:///run/collector", false),
        ];
        insta::assert_snapshot!(said.join("\n"), @r#"
        the collector's address "http://collector:4317" contradicts the setting for encryption
          https:// is encrypted and http:// is not; leave both out, or set what the address says
        the collector's address "https://collector:4317" contradicts the setting for encryption
          https:// is encrypted and http:// is not; leave both out, or set what the address says
        "unix:///run/collector" is not the address of an OpenTelemetry collector
          give host and port of its gRPC receiver, such as collector.example.com:4317
        "#);
    }

    #[test]
    fn a_certificate_may_come_in_base64() {
        assert_eq!(decoded(" LS0tLS1CRUdJTg\n"), "-----BEGIN");
        assert_eq!(decoded("LS0tLS1CRUdJTg=="), "-----BEGIN");
        assert_eq!(decoded("-----BEGIN"), "-----BEGIN");
    }

    #[test]
    fn what_is_no_certificate_is_refused() {
        let refused = tls(&Security::Authority("nothing".to_owned()));
        assert!(matches!(refused, Err(TelemetryError::NoCertificate)));
        let refused = tls(&Security::File("/does/not/exist".into()));
        assert!(matches!(refused, Err(TelemetryError::AuthorityFile { .. })));
    }
}
