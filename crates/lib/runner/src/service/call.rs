//! Why a call to the control plane gave no answer to work with.

use tonic::{Code, Status};

/// Why a call to the control plane gave no answer to work with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CallError {
    /// The control plane answered, and said no.
    #[error("the control plane says {}: {message}", code_name(*.code))]
    Refused {
        /// What kind of no.
        code: Code,
        /// In its words.
        message: String,
    },
    /// The control plane gives this client no token.
    #[error("the control plane does not accept the client id and secret: {reason}")]
    Credential {
        /// In its words.
        reason: String,
        /// By how many seconds its clock is ahead of ours, when that is too much.
        clock_ahead: Option<i64>,
    },
    /// There is no answer, for now.
    #[error("{reason}")]
    Unreachable {
        /// What happened on the way.
        reason: String,
        /// What to do about it; may be empty.
        hint: String,
    },
}

impl CallError {
    /// What a call ended in, which may be the connection's end rather than an answer.
    pub(super) fn from_status(status: &Status) -> Self {
        let on_the_way = std::error::Error::source(status);
        let reason = on_the_way.map(|error| innermost(error).to_string());
        match (status.code(), reason) {
            (Code::Unavailable | Code::Unknown | Code::Cancelled | Code::Internal, Some(reason)) => {
                Self::Unreachable {
                    hint: String::new(),
                    reason: format!("cannot reach the control plane: {reason}"),
                }
            }
            (code, _) => Self::Refused {
                code,
                message: status.message().to_owned(),
            },
        }
    }

    /// The status code, which is also the exit code.
    pub(crate) fn code(&self) -> Code {
        match self {
            Self::Refused { code, .. } => *code,
            Self::Credential { .. } => Code::Unauthenticated,
            Self::Unreachable { .. } => Code::Unavailable,
        }
    }

    /// What to do about it; may be empty.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::Credential { clock_ahead: Some(seconds), .. } => {
                let direction = if *seconds > 0 { "behind" } else { "ahead of" };
                let off = seconds.unsigned_abs();
                format!("this machine's clock is {off} s {direction} the control plane's; set it right")
            }
            Self::Credential { clock_ahead: None, .. } => {
                "check that the client id and secret belong together and were not revoked; make new ones if in doubt"
                    .to_owned()
            }
            Self::Unreachable { hint, .. } => hint.clone(),
            Self::Refused { .. } => String::new(),
        }
    }

    /// Whether saying hello again would end the same.
    pub(super) fn ends_startup(&self) -> bool {
        match self {
            Self::Refused { code, .. } => is_permanent(*code),
            Self::Credential { clock_ahead, .. } => clock_ahead.is_none(),
            Self::Unreachable { .. } => false,
        }
    }

    /// Whether the control plane does not want to hear of this task (any more), in this form or any other.
    pub(super) fn is_final(&self) -> bool {
        let others = [Code::AlreadyExists, Code::OutOfRange];
        let Self::Refused { code, .. } = self else {
            return false;
        };
        *code != Code::Unauthenticated && (is_permanent(*code) || others.contains(code))
    }

    /// Whether the control plane has given the task to somebody else, or has no such task.
    pub(super) fn is_lost(&self) -> bool {
        let codes = [Code::NotFound, Code::FailedPrecondition];
        matches!(self, Self::Refused { code, .. } if codes.contains(code))
    }
}

fn is_permanent(code: Code) -> bool {
    matches!(
        code,
        Code::Unauthenticated
            | Code::PermissionDenied
            | Code::InvalidArgument
            | Code::Unimplemented
            | Code::FailedPrecondition
            | Code::NotFound
    )
}

/// The code as the protocol writes it.
pub(super) fn code_name(code: Code) -> &'static str {
    match code {
        Code::Ok => "Ok",
        Code::Cancelled => "Cancelled",
        Code::Unknown => "Unknown",
        Code::InvalidArgument => "InvalidArgument",
        Code::DeadlineExceeded => "DeadlineExceeded",
        Code::NotFound => "NotFound",
        Code::AlreadyExists => "AlreadyExists",
        Code::PermissionDenied => "PermissionDenied",
        Code::ResourceExhausted => "ResourceExhausted",
        Code::FailedPrecondition => "FailedPrecondition",
        Code::Aborted => "Aborted",
        Code::OutOfRange => "OutOfRange",
        Code::Unimplemented => "Unimplemented",
        Code::Internal => "Internal",
        Code::Unavailable => "Unavailable",
        Code::DataLoss => "DataLoss",
        Code::Unauthenticated => "Unauthenticated",
    }
}

fn innermost<'a>(error: &'a (dyn std::error::Error + 'static)) -> &'a (dyn std::error::Error + 'static) {
    std::iter::successors(Some(error), |error| error.source())
        .last()
        .unwrap_or(error)
}
