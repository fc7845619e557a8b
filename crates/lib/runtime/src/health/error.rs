//! Why nobody can ask how the program is.

use std::io;

/// The health endpoint cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum HealthError {
    /// Another program has the port.
    #[error("cannot answer health questions on {place}: another program listens there")]
    InUse {
        /// Address and port.
        place: String,
    },
    /// The system does not let this user have the port.
    #[error("cannot answer health questions on {place}: the system does not allow it")]
    NotAllowed {
        /// Address and port.
        place: String,
    },
    /// The address belongs to another machine, or to none.
    #[error("cannot answer health questions on {place}: this machine has no such address")]
    NotHere {
        /// Address and port.
        place: String,
    },
    /// Something else.
    #[error("cannot answer health questions on {place}: {source}")]
    Other {
        /// Address and port.
        place: String,
        /// The system's reason.
        source: io::Error,
    },
}

impl HealthError {
    pub(super) fn new(place: String, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::AddrInUse => Self::InUse { place },
            io::ErrorKind::PermissionDenied => Self::NotAllowed { place },
            io::ErrorKind::AddrNotAvailable => Self::NotHere { place },
            _ => Self::Other { place, source },
        }
    }

    /// For machines, stable.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InUse { .. } => "health-port-in-use",
            Self::NotAllowed { .. } => "health-port-not-allowed",
            Self::NotHere { .. } => "health-address-not-here",
            Self::Other { .. } => "health-endpoint",
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::InUse { .. } => "choose another port for health checks, or end the other program",
            Self::NotAllowed { .. } => "choose a port from 1024 up for health checks",
            Self::NotHere { .. } => "127.0.0.1 answers this machine only, 0.0.0.0 everybody who reaches it",
            Self::Other { .. } => "see the address and the port for health checks",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_told_apart() {
        let kinds = [
            io::ErrorKind::AddrInUse,
            io::ErrorKind::PermissionDenied,
            io::ErrorKind::AddrNotAvailable,
            io::ErrorKind::OutOfMemory,
        ];
        let told = kinds.map(|kind| {
            let error = HealthError::new("127.0.0.1:80".to_owned(), kind.into());
            format!("{error} [{}]\n  {}", error.code(), error.hint())
        });
        insta::assert_snapshot!(told.join("\n"), @"
        cannot answer health questions on 127.0.0.1:80: another program listens there [health-port-in-use]
          choose another port for health checks, or end the other program
        cannot answer health questions on 127.0.0.1:80: the system does not allow it [health-port-not-allowed]
          choose a port from 1024 up for health checks
        cannot answer health questions on 127.0.0.1:80: this machine has no such address [health-address-not-here]
          127.0.0.1 answers this machine only, 0.0.0.0 everybody who reaches it
        cannot answer health questions on 127.0.0.1:80: out of memory [health-endpoint]
          see the address and the port for health checks
        ");
    }
}
