//! Asking a service how it is.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, SignatureScheme};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::PATH;

/// How long an answer is waited for; longer than the service itself waits.
const LIMIT: Duration = Duration::from_secs(5);
/// The most bytes of an answer that are of interest.
const ENOUGH: u64 = 4096;

/// Why a service is not known to be well.
#[derive(Debug, thiserror::Error)]
pub enum HealthError {
    /// Nobody answers.
    #[error("no answer from {address}: {source}")]
    NoAnswer {
        /// Where.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// It took too long.
    #[error("no answer from {address} within {} s", LIMIT.as_secs())]
    TooLate {
        /// Where.
        address: SocketAddr,
    },
    /// Something else has the port.
    #[error("what answers at {address} is no service of this program")]
    Strange {
        /// Where.
        address: SocketAddr,
    },
    /// It says so itself.
    #[error("the service at {address} is not well: {said}")]
    Unwell {
        /// Where.
        address: SocketAddr,
        /// What it says.
        said: String,
    },
}

/// Asks the service that listens on an address of this machine whether it is well; an address that stands for all of
/// them is asked at the one that is always there.
///
/// # Errors
/// When it does not say that it is.
pub async fn ask_health(listens: SocketAddr) -> Result<(), HealthError> {
    let address = reachable(listens);
    let answer = tokio::time::timeout(LIMIT, answer(address)).await;
    let answer = answer.map_err(|_| HealthError::TooLate { address })?;
    let answer = answer.map_err(|source| HealthError::NoAnswer { address, source })?;
    judge(address, &answer)
}

/// All addresses are no address.
fn reachable(listens: SocketAddr) -> SocketAddr {
    let ip = match listens.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listens.port())
}

async fn answer(address: SocketAddr) -> io::Result<String> {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Anybody))
        .with_no_client_auth();
    let stream = TcpStream::connect(address).await?;
    let name = ServerName::from(address.ip());
    let mut stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await?;
    let question = format!("GET {PATH} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(question.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.take(ENOUGH).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

fn judge(address: SocketAddr, answer: &str) -> Result<(), HealthError> {
    let status = answer.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3));
    let said = answer.rsplit_once("\r\n\r\n").map_or("", |(_, body)| body.trim());
    match status {
        Some("200") => Ok(()),
        Some("503") => Err(HealthError::Unwell {
            address,
            said: said.to_owned(),
        }),
        _ => Err(HealthError::Strange { address }),
    }
}

/// Believes whoever has the port. What is asked is no secret, nothing is done upon the answer but to start the service
/// again, and its certificate is for the names by which others reach it.
#[derive(Debug)]
struct Anybody;

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        ring::default_provider()
            .signature_verification_algorithms
            .supported_schemes()
    }
}
