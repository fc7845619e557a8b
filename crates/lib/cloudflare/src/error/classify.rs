//! From symptoms to a kind: HTTP status first, code second, text last, because codes are reused and texts change.

use super::ErrorKind;
use crate::Permission;

/// What an answer shows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Symptoms<'a> {
    pub(crate) status: u16,
    pub(crate) code: Option<i64>,
    pub(crate) message: &'a str,
    /// What the call would have needed.
    pub(crate) permission: Option<Permission>,
}

/// What kind of failure it is.
pub(crate) fn classify(symptoms: Symptoms<'_>) -> ErrorKind {
    unknown_key(symptoms.code)
        .or_else(|| wrong_address(symptoms.code, symptoms.message))
        .or_else(|| by_status(symptoms.status))
        .or_else(|| by_code(symptoms.code?))
        .or_else(|| by_text(symptoms.message))
        .unwrap_or_else(|| remaining(symptoms.status))
        .with_missing(symptoms.permission)
}

/// An unknown address or key is told with 403, like a missing permission.
fn unknown_key(code: Option<i64>) -> Option<ErrorKind> {
    (code == Some(9103)).then_some(ErrorKind::BadCredential)
}

/// A token that may not be used from here is told with the code of a missing permission; only the text differs.
fn wrong_address(code: Option<i64>, message: &str) -> Option<ErrorKind> {
    let told = code == Some(9109) && message.contains("from location");
    told.then_some(ErrorKind::AddressRefused)
}

fn by_status(status: u16) -> Option<ErrorKind> {
    Some(match status {
        401 => ErrorKind::BadCredential,
        403 => ErrorKind::NotPermitted { missing: Vec::new() },
        404 | 410 => ErrorKind::NotFound,
        409 => ErrorKind::AlreadyExists,
        429 => ErrorKind::Throttled,
        408 | 500 | 502..=504 | 520..=524 => ErrorKind::Transient,
        _ => return None,
    })
}

fn by_code(code: i64) -> Option<ErrorKind> {
    Some(match code {
        6003 | 9106 | 10001 => ErrorKind::BadCredential,
        9109 | 10000 => ErrorKind::NotPermitted { missing: Vec::new() },
        7000 | 7003 => ErrorKind::NotFound,
        1004 | 1008 => ErrorKind::AlreadyExists,
        _ => return None,
    })
}

fn by_text(message: &str) -> Option<ErrorKind> {
    message
        .to_lowercase()
        .contains("already exists")
        .then_some(ErrorKind::AlreadyExists)
}

fn remaining(status: u16) -> ErrorKind {
    if (400..500).contains(&status) {
        ErrorKind::Invalid
    } else {
        ErrorKind::Unexpected
    }
}

impl ErrorKind {
    fn with_missing(self, permission: Option<Permission>) -> Self {
        match self {
            Self::NotPermitted { .. } => Self::NotPermitted {
                missing: permission.into_iter().collect(),
            },
            other => other,
        }
    }
}
