//! Writes that are refused. Texts without a source are invented, and say so here.

use axum::http::StatusCode;

use crate::{
    Endpoint,
    answers::envelope::{self, Answer, ApiError},
};

/// A write that is not done.
#[derive(Debug)]
pub(super) struct Refused {
    status: StatusCode,
    error: ApiError,
}

impl Refused {
    pub(super) fn new(status: StatusCode, code: u32, message: impl Into<String>) -> Self {
        Self {
            status,
            error: ApiError::new(code, message),
        }
    }

    fn bad(code: u32, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// A request that does not hold what it must; the texts after the colon are invented.
    pub(super) fn invalid(what: impl std::fmt::Display) -> Self {
        Self::bad(1001, format!("Invalid request: {what}"))
    }

    /// A body that is no JSON; text and code are unconfirmed.
    pub(super) fn malformed() -> Self {
        Self::bad(6007, "Malformed JSON in request body")
    }

    /// A role, permission group or resource group that the account does not have.
    pub(super) fn invalid_assignments() -> Self {
        Self::invalid("Invalid role assignments found")
    }

    /// Account roles only go with the account, domain roles with zones, resource roles with their kind.
    pub(super) fn combination() -> Self {
        Self::bad(
            1006,
            "Unknown error when processing member, please try again. Error: invalid permission group and \
             resource group combination",
        )
    }

    /// Elements of another type than the endpoint wants; the code is unconfirmed.
    pub(super) fn wrong_type(found: &str) -> Self {
        Self::bad(1001, format!("invalid type '{found}' for field 'roles'"))
    }

    /// An unknown object; the text is invented.
    pub(super) fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, 1003, format!("{what} not found"))
    }

    /// Something that the identity provider pushes and keeps; status, code and text are invented.
    pub(super) fn managed_by_scim(what: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, 1011, format!("{what} is managed by SCIM"))
    }

    /// The account would be left without an administrator; code and text are invented.
    pub(super) fn last_super_administrator() -> Self {
        Self::invalid("the last Super Administrator cannot be removed")
    }

    /// Member endpoints answer failures with an empty list, all others with null. The sample of an unknown
    /// member has null as well.
    pub(super) fn answer(self, endpoint: Endpoint) -> Answer {
        let member = matches!(endpoint, Endpoint::Members | Endpoint::Member);
        if member && self.status != StatusCode::NOT_FOUND {
            envelope::refuse_with_list(self.status, &[self.error])
        } else {
            envelope::refuse(self.status, &[self.error])
        }
    }
}
