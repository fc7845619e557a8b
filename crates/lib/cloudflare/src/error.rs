//! What a call can end in besides an answer.

mod classify;

use std::fmt;

use crate::Permission;
use crate::endpoint::Act;
pub(crate) use classify::{Symptoms, classify};

/// A call that gave no answer to work with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Cloudflare refused the call, or could not do it.
    #[error(transparent)]
    Refused(Box<ApiError>),
    /// Cloudflare was not reached, or broke off.
    #[error("cannot {act} {what}: {source}")]
    Unreachable {
        /// What the call does.
        act: Act,
        /// What was asked for, or was to be changed.
        what: &'static str,
        /// What happened on the way.
        source: http_client::Error,
    },
    /// The answer cannot be understood.
    #[error("the answer for {what} cannot be understood: {reason}")]
    Undecodable {
        /// What was asked for.
        what: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// The credential holds characters that cannot be sent.
    #[error("the credential contains characters that cannot be sent, such as a line break")]
    MalformedCredential,
}

/// What kind of failure it is; what to do next depends on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErrorKind {
    /// The credential is not accepted at all.
    BadCredential,
    /// The credential is accepted, but not for this.
    NotPermitted {
        /// The permissions that are missing.
        missing: Vec<Permission>,
    },
    /// The token may only be used from other addresses than ours.
    AddressRefused,
    /// There is no such thing (any more).
    NotFound,
    /// It is there already.
    AlreadyExists,
    /// The request is not one that Cloudflare accepts. Repeating it does not help.
    Invalid,
    /// The rate limit is used up.
    Throttled,
    /// Cloudflare, or the way to it, fails at the moment.
    Transient,
    /// Anything else.
    Unexpected,
}

/// A refusal, in Cloudflare's words and ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// What kind of refusal it is.
    pub kind: ErrorKind,
    /// What the call does.
    pub act: Act,
    /// What was asked for, or was to be changed.
    pub what: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// Cloudflare's code, at least 1000, where the answer has one.
    pub code: Option<i64>,
    /// Cloudflare's text.
    pub message: String,
    /// The `CF-Ray` of the answer, which Cloudflare's support asks for.
    pub ray: Option<String>,
}

impl Error {
    /// What kind of failure it is.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Refused(error) => error.kind.clone(),
            Self::Unreachable { .. } => ErrorKind::Transient,
            Self::Undecodable { .. } => ErrorKind::Unexpected,
            Self::MalformedCredential => ErrorKind::BadCredential,
        }
    }

    /// Whether a change may have been made although the call did not say so.
    pub fn leaves_open(&self) -> bool {
        match self {
            Self::Refused(error) => matches!(error.kind, ErrorKind::Transient | ErrorKind::Unexpected),
            Self::Unreachable { source, .. } => !source.nothing_sent(),
            Self::Undecodable { .. } => true,
            Self::MalformedCredential => false,
        }
    }

    /// Stable code for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreachable { source, .. } => source.code(),
            Self::Undecodable { .. } => "cloudflare-answer-unreadable",
            Self::Refused(_) | Self::MalformedCredential => self.kind().code(),
        }
    }

    /// What the person can do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Refused(error) => error.hint(),
            Self::Unreachable { source, .. } => source.hint().to_owned(),
            Self::Undecodable { .. } => {
                "check that the base URL is that of Cloudflare's API and that no proxy \
                                         answers in its place"
                    .to_owned()
            }
            Self::MalformedCredential => {
                "copy the token or key again, without spaces or line breaks".to_owned()
            }
        }
    }
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        Self::Refused(Box::new(error))
    }
}

impl ErrorKind {
    /// Stable code for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadCredential => "cloudflare-credential-rejected",
            Self::NotPermitted { .. } => "cloudflare-permission-missing",
            Self::AddressRefused => "cloudflare-address-refused",
            Self::NotFound => "cloudflare-not-found",
            Self::AlreadyExists => "cloudflare-already-exists",
            Self::Invalid => "cloudflare-request-refused",
            Self::Throttled => "cloudflare-rate-limit",
            Self::Transient => "cloudflare-unavailable",
            Self::Unexpected => "cloudflare-unexpected-answer",
        }
    }
}

impl ApiError {
    /// What the person can do about it.
    pub fn hint(&self) -> String {
        let what = self.what;
        match &self.kind {
            ErrorKind::BadCredential => {
                "check the token or key: copied whole, not expired, not rolled since, not sent as the other kind"
                    .to_owned()
            }
            ErrorKind::NotPermitted { missing } if missing.is_empty() => {
                "let an administrator of the account look at what the credential may do".to_owned()
            }
            ErrorKind::NotPermitted { missing } => format!(
                "give the token the permission \"{}\", which is needed to {} {what}; a user's token or key \
                 also needs that user to be an administrator of the account",
                names(missing),
                self.act
            ),
            ErrorKind::AddressRefused => ADDRESS_HINT.to_owned(),
            ErrorKind::NotFound => {
                format!("check the account id, and that nobody has removed {what}: Cloudflare knows nothing there")
            }
            ErrorKind::AlreadyExists => "read the list again: somebody else may have been faster".to_owned(),
            ErrorKind::Invalid if self.act == Act::Change => {
                "nothing was changed; Cloudflare's reason is in the text above".to_owned()
            }
            ErrorKind::Invalid => "this is not for you to solve: report it with the text above".to_owned(),
            ErrorKind::Throttled => "wait five minutes; other programs that use the same credential or user \
                                     spend from the same budget"
                .to_owned(),
            ErrorKind::Transient => {
                "try again in a few minutes; www.cloudflarestatus.com tells of larger failures".to_owned()
            }
            ErrorKind::Unexpected => {
                "check that the base URL is that of Cloudflare's API; if it is, report the text above".to_owned()
            }
        }
    }
}

/// What to do when a token may not be used from here.
pub(crate) const ADDRESS_HINT: &str = "add this address to those that the token may be used from (Client IP Address \
                                       Filtering in the token's settings), or run this where one of them is";

fn names(permissions: &[Permission]) -> String {
    permissions
        .iter()
        .map(|permission| permission.name())
        .collect::<Vec<_>>()
        .join("\" or \"")
}

impl std::error::Error for ApiError {}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { act, what, .. } = self;
        match self.kind {
            ErrorKind::BadCredential => write!(f, "Cloudflare does not accept the credential"),
            ErrorKind::NotPermitted { .. } => write!(f, "the credential may not {act} {what}"),
            ErrorKind::AddressRefused => write!(f, "the token may not be used from this machine's address"),
            ErrorKind::NotFound => write!(f, "Cloudflare does not find {what}"),
            ErrorKind::AlreadyExists => write!(f, "Cloudflare already has this among {what}"),
            ErrorKind::Invalid => write!(f, "Cloudflare refuses the request for {what}"),
            ErrorKind::Throttled => write!(f, "Cloudflare's rate limit does not let us {act} {what}"),
            ErrorKind::Transient => write!(f, "Cloudflare cannot give {what} at the moment"),
            ErrorKind::Unexpected => write!(f, "Cloudflare gave an unexpected answer for {what}"),
        }?;
        write!(f, ": {} (status {}", self.message, self.status)?;
        if let Some(code) = self.code {
            write!(f, ", code {code}")?;
        }
        if let Some(ray) = &self.ray {
            write!(f, ", ray {ray}")?;
        }
        f.write_str(")")
    }
}

#[cfg(test)]
mod tests;
