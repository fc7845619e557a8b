//! What a certificate says, for whoever wants to know whether it will do.

use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::ring;
use rustls::pki_types::{ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, Error, RootCertStore};

use super::{TlsError, certificates, pem};

/// A time at which no certificate is good any more: the year 9999.
const LATE: Duration = Duration::from_secs(253_402_300_000);

/// What a certificate says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inspected {
    /// From when on it is good.
    pub begins_at: DateTime<Utc>,
    /// Until when.
    pub ends_at: DateTime<Utc>,
    /// Whether it is for the host that was asked about.
    pub is_for_host: bool,
}

impl Inspected {
    /// Reads the first certificate in a PEM file. Whether somebody believes its authority is not looked at.
    ///
    /// # Errors
    /// When the file cannot be read, or holds no certificate.
    pub fn read(file: &Path, host: &str) -> Result<Self, TlsError> {
        let none = || pem(file, "certificate", rustls::pki_types::pem::Error::NoItemsFound);
        let chain = certificates(file)?;
        let certificate = ParsedCertificate::try_from(chain.first().ok_or_else(none)?)?;
        let name = ServerName::try_from(host);
        let is_for_host = name.is_ok_and(|name| verify_server_name(&certificate, &name).is_ok());
        Ok(Self {
            begins_at: limit(&certificate, Duration::ZERO).ok_or_else(none)?,
            ends_at: limit(&certificate, LATE).ok_or_else(none)?,
            is_for_host,
        })
    }
}

/// The library says when a certificate begins or ends to whoever holds it against a time before or after.
fn limit(certificate: &ParsedCertificate<'_>, at: Duration) -> Option<DateTime<Utc>> {
    let verified = verify_server_cert_signed_by_trust_anchor(
        certificate,
        &RootCertStore::empty(),
        &[],
        UnixTime::since_unix_epoch(at),
        ring::default_provider().signature_verification_algorithms.all,
    );
    let time = match verified {
        Err(Error::InvalidCertificate(CertificateError::ExpiredContext { not_after, .. })) => not_after,
        Err(Error::InvalidCertificate(CertificateError::NotValidYetContext { not_before, .. })) => not_before,
        _ => return None,
    };
    DateTime::from_timestamp(i64::try_from(time.as_secs()).ok()?, 0)
}
