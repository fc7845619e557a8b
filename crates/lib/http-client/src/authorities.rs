//! Whom connections trust.

use std::path::Path;

/// Where systems keep the authorities that they trust, in one file.
const BUNDLES: [&str; 6] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/tls/cacert.pem",
    "/etc/ssl/cert.pem",
];

/// The system's authorities, where `SSL_CERT_FILE` would hide them: it names that of a control plane, and the source is
/// still to be believed. Whoever sets `SSL_CERT_DIR` says exactly whom to trust.
pub(crate) fn hidden() -> Vec<reqwest::Certificate> {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if !is_set("SSL_CERT_FILE") || is_set("SSL_CERT_DIR") {
        return Vec::new();
    }
    first(BUNDLES.iter().map(Path::new))
}

/// What the first file that is there holds.
fn first<'a>(mut bundles: impl Iterator<Item = &'a Path>) -> Vec<reqwest::Certificate> {
    let found = bundles.find_map(|bundle| std::fs::read(bundle).ok());
    let certificates = found.and_then(|pem| reqwest::Certificate::from_pem_bundle(&pem).ok());
    certificates.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_file_that_is_there_counts() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let absent = here.join("absent.pem");
        let text = here.join("Cargo.toml");
        assert!(first([absent.as_path(), text.as_path()].into_iter()).is_empty());
        let system = BUNDLES.iter().map(Path::new).find(|bundle| bundle.exists());
        let of_system = first(BUNDLES.iter().map(Path::new));
        assert_eq!(of_system.is_empty(), system.is_none());
    }
}
