//! Why nothing can be sent.

use std::io;
use std::path::PathBuf;

/// The settings for the collector cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// It is not the address of a collector.
    #[error("{collector:?} is not the address of an OpenTelemetry collector")]
    Address {
        /// What was given.
        collector: String,
    },
    /// It asks for a connection without encryption that nobody has allowed, or the other way round.
    #[error("the collector's address {collector:?} contradicts the setting for encryption")]
    Contradiction {
        /// What was given.
        collector: String,
    },
    /// A file and a certificate are given.
    #[error("two certificate authorities are given for the OpenTelemetry collector")]
    TwoAuthorities,
    /// The file cannot be read.
    #[error("cannot read the collector's certificate authority {}: {source}", path.display())]
    AuthorityFile {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// What is given is not a certificate.
    #[error("the collector's certificate authority is not a certificate in PEM form")]
    NoCertificate,
    /// The connection cannot be set up.
    #[error("cannot set up connections to the OpenTelemetry collector: {reason}")]
    Connections {
        /// What the library says.
        reason: String,
    },
    /// The system gives no threads or sockets.
    #[error("cannot start sending telemetry: {0}")]
    System(io::Error),
}

impl TelemetryError {
    /// For machines, stable.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Address { .. } => "telemetry-address",
            Self::Contradiction { .. } => "telemetry-encryption",
            Self::TwoAuthorities | Self::AuthorityFile { .. } | Self::NoCertificate => "telemetry-authority",
            Self::Connections { .. } => "telemetry-connections",
            Self::System(_) => "telemetry-system",
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Address { .. } => {
                "give host and port of its gRPC receiver, such as collector.example.com:4317"
            }
            Self::Contradiction { .. } => {
                "https:// is encrypted and http:// is not; leave both out, or set what the address says"
            }
            Self::TwoAuthorities => "give the file or the certificate itself, not both",
            Self::AuthorityFile { .. } => "name a PEM file that this program may read",
            Self::NoCertificate => {
                "it begins with -----BEGIN CERTIFICATE-----, before it is encoded as base64"
            }
            Self::Connections { .. } => {
                "install this system's certificates (on Debian the package ca-certificates)"
            }
            Self::System(_) => "",
        }
    }
}
