//! The certificate that the service shows.

use task_service::{Certificate, Identity};

use crate::args::Serve;
use crate::failure::Failure;

/// The one that was given, or one of our own making.
pub(super) fn certificate(serve: &Serve, now: chrono::DateTime<chrono::Utc>) -> Result<Certificate, Failure> {
    Certificate::load(&identity(serve), now)
        .map_err(|error| Failure::new(error, "see --tls-certificate and --tls-key"))
}

fn identity(serve: &Serve) -> Identity {
    match (&serve.tls_certificate, &serve.tls_key) {
        (Some(certificate), Some(key)) => Identity::Files {
            certificate: certificate.clone(),
            key: key.clone(),
        },
        _ => Identity::Own {
            folder: serve.place.data.join("tls"),
            hosts: hosts(serve),
        },
    }
}

/// The names that a certificate of our own is good for: the one that connectors are told, this machine's own, and what
/// else is asked for.
fn hosts(serve: &Serve) -> Vec<String> {
    let address = serve.place.address.as_str();
    let host = address.rsplit_once(':').map_or(address, |(host, _)| host);
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let mut hosts: Vec<String> = Vec::new();
    let listens = serve.listen.ip().to_string();
    let known = [host, "localhost", "127.0.0.1", "::1", listens.as_str()];
    for name in known.into_iter().chain(serve.tls_name.iter().map(String::as_str)) {
        if !hosts.iter().any(|host| host == name) {
            hosts.push(name.to_owned());
        }
    }
    hosts
}
