//! What can go wrong between here and the server.

use std::time::Duration;

/// No answer, or only a part of one. Never holds a header, a query or a body.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The host's name has no address.
    #[error("cannot find the host {host}")]
    Dns {
        /// The host asked for.
        host: String,
    },
    /// No connection could be made.
    #[error("cannot connect to {host}: {reason}")]
    Connect {
        /// The host, with its port where it is not the usual one.
        host: String,
        /// What the system says.
        reason: String,
    },
    /// The connection is not trusted.
    #[error("cannot make a trusted connection to {host}: {reason}")]
    Tls {
        /// The host, with its port where it is not the usual one.
        host: String,
        /// What is wrong with its certificate or protocol.
        reason: String,
    },
    /// The answer took too long.
    #[error("{host} did not answer within {} s", after.as_secs_f32())]
    Timeout {
        /// The host, with its port where it is not the usual one.
        host: String,
        /// How long it was waited for.
        after: Duration,
    },
    /// The connection broke before the whole answer was there.
    #[error("the connection to {host} broke off: {reason}")]
    Interrupted {
        /// The host, with its port where it is not the usual one.
        host: String,
        /// What the system says.
        reason: String,
    },
    /// The answer is larger than this program is willing to hold.
    #[error("the answer of {host} is larger than {limit} bytes")]
    BodyTooLarge {
        /// The host, with its port where it is not the usual one.
        host: String,
        /// The limit in bytes.
        limit: usize,
    },
    /// The request could not be sent before its deadline.
    #[error("the request was not sent: it had to wait too long for the rate limit")]
    Late,
    /// The request is not one that can be sent.
    #[error("the request cannot be sent: {reason}")]
    Unsendable {
        /// What is wrong with it.
        reason: String,
    },
    /// The client could not be set up.
    #[error("the HTTP client cannot start: {reason}")]
    Setup {
        /// What is missing.
        reason: String,
    },
}

impl Error {
    /// Stable code for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Dns { .. } => "http-host-unknown",
            Self::Connect { .. } => "http-unreachable",
            Self::Tls { .. } => "http-untrusted",
            Self::Timeout { .. } => "http-timeout",
            Self::Interrupted { .. } => "http-interrupted",
            Self::BodyTooLarge { .. } => "http-answer-too-large",
            Self::Late => "http-late",
            Self::Unsendable { .. } => "http-unsendable",
            Self::Setup { .. } => "http-setup",
        }
    }

    /// What the person can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Dns { .. } => {
                "check the address for a typing mistake, and that this machine can resolve names"
            }
            Self::Connect { .. } => {
                "check the address and port, and that a firewall or proxy lets this machine out"
            }
            Self::Tls { .. } => {
                "check this machine's clock and its trusted certificates; a proxy that opens TLS needs its \
                 certificate among them"
            }
            Self::Timeout { .. } | Self::Interrupted { .. } => {
                "try again; if it stays like this, check the network between here and the server"
            }
            Self::BodyTooLarge { .. } => {
                "check that the address is that of the API and not of another service"
            }
            Self::Late => {
                "try again in five minutes; other programs that use the same credential spend from the same budget"
            }
            Self::Unsendable { .. } => "check the address and the credential for stray characters",
            Self::Setup { .. } => {
                "install this system's certificates (on Debian the package ca-certificates)"
            }
        }
    }

    /// Whether it is certain that the server has not seen the request.
    pub fn nothing_sent(&self) -> bool {
        matches!(
            self,
            Self::Dns { .. } | Self::Connect { .. } | Self::Tls { .. } | Self::Late | Self::Unsendable { .. }
        )
    }

    /// Whether the same request may succeed a moment later.
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            Self::Connect { .. } | Self::Timeout { .. } | Self::Interrupted { .. } | Self::Late
        )
    }
}
