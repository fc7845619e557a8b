//! Certificates: given, or of our own making.

mod inspected;
mod own;
mod watch;

pub use inspected::Inspected;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use axum_server::tls_rustls::RustlsConfig;
use chrono::{DateTime, Utc};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use sha2::{Digest as _, Sha256};

/// The protocols that are offered: gRPC needs the first, simple clients the second.
const PROTOCOLS: [&[u8]; 2] = [b"h2", b"http/1.1"];

/// Where the service's certificate comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// From two PEM files: the certificate with the chain to its authority, and its key.
    Files {
        /// The certificate.
        certificate: PathBuf,
        /// Its key.
        key: PathBuf,
    },
    /// Made here, for these hosts, by an authority of our own that is kept in a folder.
    Own {
        /// Where the authority and the certificate are kept.
        folder: PathBuf,
        /// Host names and addresses.
        hosts: Vec<String>,
    },
}

/// Why there is no certificate to serve with.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read or written.
    #[error("cannot use {file}: {source}")]
    File {
        /// Which.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// A file is not what it should be.
    #[error("{file} holds no usable {what}")]
    Pem {
        /// Which.
        file: String,
        /// What it should be.
        what: &'static str,
    },
    /// Certificate and key do not fit, or cannot be used.
    #[error("the certificate cannot be used: {0}")]
    Rustls(#[from] rustls::Error),
    /// A certificate cannot be made.
    #[error("no certificate can be made: {0}")]
    Make(#[from] rcgen::Error),
}

/// A certificate, ready to serve with. Clones are the same one: what is read again is served by all.
#[derive(Clone)]
pub struct Certificate {
    pub(crate) config: RustlsConfig,
    identity: Identity,
    /// What is served now.
    chain: Arc<Mutex<Vec<CertificateDer<'static>>>>,
    /// For a certificate of our own: the file that connectors have to be pointed at, and its fingerprint.
    pub authority: Option<Authority>,
}

/// The authority that made our own certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// Its certificate, PEM.
    pub file: PathBuf,
    /// The SHA-256 of its certificate, in the usual form: pairs of digits with colons.
    pub fingerprint: String,
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate")
            .field("authority", &self.authority)
            .finish_non_exhaustive()
    }
}

impl Certificate {
    /// Reads the certificate, or makes one.
    ///
    /// # Errors
    /// When a file cannot be read or written, or does not hold what it should.
    pub fn load(identity: &Identity, now: DateTime<Utc>) -> Result<Self, TlsError> {
        let found = Found::of(identity, now)?;
        Ok(Self {
            config: RustlsConfig::from_config(found.config()?),
            identity: identity.clone(),
            chain: Arc::new(Mutex::new(found.chain)),
            authority: found.authority,
        })
    }
}

/// What there is to serve with.
struct Found {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    authority: Option<Authority>,
}

impl Found {
    fn of(identity: &Identity, now: DateTime<Utc>) -> Result<Self, TlsError> {
        match identity {
            Identity::Files { certificate, key } => Self::read(certificate, key, None),
            Identity::Own { folder, hosts } => {
                let made = own::renew(folder, hosts, now)?;
                let authority = Authority {
                    fingerprint: fingerprint(&made.authority)?,
                    file: made.authority,
                };
                Self::read(&made.certificate, &made.key, Some(authority))
            }
        }
    }

    fn read(certificate: &Path, key: &Path, authority: Option<Authority>) -> Result<Self, TlsError> {
        Ok(Self {
            chain: certificates(certificate)?,
            key: PrivateKeyDer::from_pem_file(key).map_err(|error| pem(key, "private key", error))?,
            authority,
        })
    }

    fn config(&self) -> Result<Arc<ServerConfig>, TlsError> {
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(self.chain.clone(), self.key.clone_key())?;
        config.alpn_protocols = PROTOCOLS.map(<[u8]>::to_vec).to_vec();
        Ok(Arc::new(config))
    }
}

fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let chain: Result<Vec<_>, _> = CertificateDer::pem_file_iter(file).and_then(Iterator::collect);
    let chain = chain.map_err(|error| pem(file, "certificate", error))?;
    if chain.is_empty() {
        return Err(pem(
            file,
            "certificate",
            rustls::pki_types::pem::Error::NoItemsFound,
        ));
    }
    Ok(chain)
}

fn pem(file: &Path, what: &'static str, error: rustls::pki_types::pem::Error) -> TlsError {
    let file = file.display().to_string();
    match error {
        rustls::pki_types::pem::Error::Io(source) => TlsError::File { file, source },
        _ => TlsError::Pem { file, what },
    }
}

fn fingerprint(file: &Path) -> Result<String, TlsError> {
    let digest = certificates(file)?
        .first()
        .map(Sha256::digest)
        .unwrap_or_default();
    let pairs: Vec<String> = digest.iter().map(|byte| format!("{byte:02X}")).collect();
    Ok(pairs.join(":"))
}
