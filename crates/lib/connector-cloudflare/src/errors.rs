//! Failures of the client, in the connector's terms.

use cloudflare::{ErrorKind as Failure, VerifyError};
use connector::{ConnectorError, ErrorKind};

/// A call failed.
pub(crate) fn failed(error: cloudflare::Error) -> ConnectorError {
    let kind = match error.kind() {
        Failure::Transient if took_too_long(&error) => ErrorKind::DeadlineExceeded,
        Failure::BadCredential => ErrorKind::Unauthenticated,
        Failure::NotPermitted { .. } | Failure::AddressRefused => ErrorKind::PermissionDenied,
        Failure::NotFound => ErrorKind::NotFound,
        Failure::AlreadyExists | Failure::Invalid => ErrorKind::InvalidArgument,
        Failure::Throttled => ErrorKind::ResourceExhausted,
        Failure::Transient => ErrorKind::Unavailable,
        Failure::Unexpected => ErrorKind::Internal,
    };
    ConnectorError::new(kind, error.to_string())
        .with_code(error.code())
        .with_hint(error.hint())
        .with_source(error)
}

fn took_too_long(error: &cloudflare::Error) -> bool {
    matches!(error, cloudflare::Error::Unreachable { source, .. } if source.code() == "http-timeout")
}

/// The credential does not work for the account.
pub(crate) fn unverified(error: VerifyError) -> ConnectorError {
    let kind = match error {
        VerifyError::Failed(error) => return failed(error),
        VerifyError::Rejected { .. } | VerifyError::Expired { .. } | VerifyError::Disabled => {
            ErrorKind::Unauthenticated
        }
        VerifyError::OtherAccount { .. } | VerifyError::AddressRefused { .. } => ErrorKind::PermissionDenied,
        VerifyError::NoSuchAccount { .. } => ErrorKind::NotFound,
    };
    ConnectorError::new(kind, error.to_string())
        .with_code(error.code())
        .with_hint(error.hint())
        .with_source(error)
}

/// Every account has members: an empty list means that the credential may not see them.
pub(crate) fn no_members() -> ConnectorError {
    ConnectorError::new(
        ErrorKind::PermissionDenied,
        "Cloudflare lists no members at all: the credential may not see them",
    )
    .with_hint(
        "give the token the permission \"Account Settings: Read\" for this account; a user's token or key also \
         needs that user to be an administrator of the account",
    )
}
