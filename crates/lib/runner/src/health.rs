//! Asking a running connector how it is.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What can be asked.
pub(crate) const ENDPOINTS: [&str; 3] = ["health", "ready", "live"];

/// The most bytes of an answer that are of interest: its first line.
const ENOUGH: u64 = 4096;

/// Why a connector is not known to be well.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HealthError {
    /// There is no such question.
    #[error("invalid endpoint: {0} (valid: health, ready, live)")]
    Endpoint(String),
    /// No answer came.
    #[error("health check failed: Get \"{url}\": {reason}")]
    NoAnswer {
        /// What was asked.
        url: String,
        /// Why there is no answer.
        reason: String,
    },
    /// It took too long.
    #[error("health check failed: Get \"{url}\": no answer within {seconds} s")]
    TooLate {
        /// What was asked.
        url: String,
        /// How long it was waited for.
        seconds: u64,
    },
    /// It says that it is not well.
    #[error("health check returned status {0}")]
    Unwell(u16),
}

impl HealthError {
    /// The status of a call that nobody answers, where nobody does; 2 otherwise.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Endpoint(_) | Self::Unwell(_) => 2,
            Self::NoAnswer { .. } => connector::ErrorKind::Unavailable.code(),
            Self::TooLate { .. } => connector::ErrorKind::DeadlineExceeded.code(),
        }
    }
}

/// What to ask, and where.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) endpoint: String,
    pub(crate) address: String,
    pub(crate) port: i64,
    pub(crate) seconds: u64,
}

/// Asks; an answer of 200 is well.
pub(crate) async fn ask(question: &Question) -> Result<(), HealthError> {
    if !ENDPOINTS.contains(&question.endpoint.as_str()) {
        return Err(HealthError::Endpoint(question.endpoint.clone()));
    }
    let host = format!("{}:{}", bracketed(&question.address), question.port);
    let url = format!("http://{host}/{}", question.endpoint);
    let limit = Duration::from_secs(question.seconds);
    let Ok(answer) = tokio::time::timeout(limit, status(&host, &question.endpoint)).await else {
        return Err(HealthError::TooLate {
            url,
            seconds: question.seconds,
        });
    };
    match answer {
        Ok(Some(200)) => Ok(()),
        Ok(Some(status)) => Err(HealthError::Unwell(status)),
        Ok(None) => Err(HealthError::NoAnswer {
            url,
            reason: "the answer is not HTTP".to_owned(),
        }),
        Err(error) => Err(HealthError::NoAnswer {
            url,
            reason: error.to_string(),
        }),
    }
}

/// An IPv6 address needs brackets before a port.
fn bracketed(address: &str) -> String {
    if address.contains(':') {
        format!("[{address}]")
    } else {
        address.to_owned()
    }
}

/// The status of the answer to a plain HTTP/1.0 request.
async fn status(host: &str, endpoint: &str) -> std::io::Result<Option<u16>> {
    let mut stream = TcpStream::connect(host).await?;
    stream
        .write_all(format!("GET /{endpoint} HTTP/1.0\r\nHost: {host}\r\n\r\n").as_bytes())
        .await?;
    let mut answer = Vec::new();
    stream.take(ENOUGH).read_to_end(&mut answer).await?;
    let text = String::from_utf8_lossy(&answer);
    let mut words = text.split_whitespace();
    let http = words.next().is_some_and(|word| word.starts_with("HTTP/1."));
    Ok(words.next().filter(|_| http).and_then(|word| word.parse().ok()))
}
