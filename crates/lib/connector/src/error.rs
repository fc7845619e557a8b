//! Why a connector could not do what was asked.

use std::error::Error;

/// A failure, with words for the person and a cause for the log.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct ConnectorError {
    /// What kind of failure it is.
    pub kind: ErrorKind,
    /// For machines, stable, such as `last-super-administrator`; empty when the kind says it all.
    pub code: &'static str,
    /// What happened, for the person.
    pub message: String,
    /// What to do about it; may be empty.
    pub hint: String,
    /// What lies beneath, for the log.
    #[source]
    pub source: Option<Box<dyn Error + Send + Sync>>,
}

impl ConnectorError {
    /// A failure without hint and cause.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            code: "",
            message: message.into(),
            hint: String::new(),
            source: None,
        }
    }

    /// Says for machines what it is.
    pub fn with_code(mut self, code: &'static str) -> Self {
        self.code = code;
        self
    }

    /// Adds what to do about it.
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Adds what lies beneath.
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }
}

/// Kinds of failure; their gRPC status codes double as exit codes, as in the Baton ecosystem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The run is being stopped.
    Cancelled,
    /// The request makes no sense to the source.
    InvalidArgument,
    /// It took too long.
    DeadlineExceeded,
    /// There is no such thing.
    NotFound,
    /// The credential may not do this.
    PermissionDenied,
    /// A budget is used up.
    ResourceExhausted,
    /// Something must be changed first.
    FailedPrecondition,
    /// Somebody else kept changing the same thing.
    Aborted,
    /// The connector cannot do this.
    Unimplemented,
    /// The source broke a promise.
    Internal,
    /// The source cannot be reached, for now.
    Unavailable,
    /// The credential is not accepted.
    Unauthenticated,
}

impl ErrorKind {
    /// The gRPC status code.
    pub fn code(self) -> u8 {
        match self {
            Self::Cancelled => 1,
            Self::InvalidArgument => 3,
            Self::DeadlineExceeded => 4,
            Self::NotFound => 5,
            Self::PermissionDenied => 7,
            Self::ResourceExhausted => 8,
            Self::FailedPrecondition => 9,
            Self::Aborted => 10,
            Self::Unimplemented => 12,
            Self::Internal => 13,
            Self::Unavailable => 14,
            Self::Unauthenticated => 16,
        }
    }
}
