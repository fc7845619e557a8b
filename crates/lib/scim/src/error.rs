//! Mistakes, as SCIM says them.

use axum::http::header::{CONTENT_TYPE, HeaderName, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use governance::repository::RepositoryError;
use governance::{Denied, OfficeError};
use serde_json::{Value, json};

/// The media type of everything that is answered.
const MEDIA_TYPE: &str = "application/scim+json";

/// Why something could not be done.
#[derive(Debug, thiserror::Error)]
pub enum ScimError {
    /// Nobody's key, or one that is not good any more.
    #[error("send `Authorization: Bearer` with an API key for users by SCIM that is good")]
    NoKey,
    /// There is nothing there.
    #[error("there is nothing at this address")]
    Nothing,
    /// It is there, but not for this method.
    #[error("this method is not for this address")]
    Method,
    /// Too many calls.
    #[error("too many calls: wait a minute")]
    TooMany,
    /// Too many bytes.
    #[error("a request can have 1 MiB")]
    TooLarge,
    /// What was sent is no message.
    #[error("{0}")]
    Syntax(&'static str),
    /// A filter that is none of ours.
    #[error(transparent)]
    Filter(#[from] crate::filter::InvalidFilter),
    /// The attribute that a filter names cannot be asked for.
    #[error("this attribute cannot be filtered by")]
    NoFilter,
    /// A path that is none.
    #[error("`path` names no attribute")]
    Path,
    /// A removal of nothing.
    #[error("`remove` needs a `path`")]
    NoTarget,
    /// A value that cannot be.
    #[error("{0}")]
    Value(&'static str),
    /// The office refuses, or fails.
    #[error(transparent)]
    Office(#[from] OfficeError),
}

impl ScimError {
    fn is_broken(&self) -> bool {
        let Self::Office(OfficeError::Store(error)) = self else {
            return false;
        };
        !matches!(error, RepositoryError::Taken { .. })
    }

    /// The status, and the word that SCIM has for it.
    fn kind(&self) -> (StatusCode, Option<&'static str>) {
        use OfficeError as O;
        match self {
            Self::NoKey => (StatusCode::UNAUTHORIZED, None),
            Self::Nothing | Self::Office(O::Unknown(_) | O::Id(_)) => (StatusCode::NOT_FOUND, None),
            Self::Method => (StatusCode::METHOD_NOT_ALLOWED, None),
            Self::TooMany => (StatusCode::TOO_MANY_REQUESTS, None),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, None),
            Self::Syntax(_) => (StatusCode::BAD_REQUEST, Some("invalidSyntax")),
            Self::Filter(_) | Self::NoFilter => (StatusCode::BAD_REQUEST, Some("invalidFilter")),
            Self::Path => (StatusCode::BAD_REQUEST, Some("invalidPath")),
            Self::NoTarget => (StatusCode::BAD_REQUEST, Some("noTarget")),
            Self::Value(_) | Self::Office(O::Name(_) | O::Email(_) | O::NoMember) => {
                (StatusCode::BAD_REQUEST, Some("invalidValue"))
            }
            Self::Office(O::Denied(_)) => (StatusCode::FORBIDDEN, None),
            Self::Office(O::Conflict(_) | O::Store(RepositoryError::Taken { .. })) => {
                (StatusCode::CONFLICT, Some("uniqueness"))
            }
            Self::Office(O::LastSuperAdministrator) => (StatusCode::CONFLICT, None),
            // It is right to try the same once more.
            Self::Office(O::Contended) => (StatusCode::SERVICE_UNAVAILABLE, None),
            Self::Office(_) => (StatusCode::INTERNAL_SERVER_ERROR, None),
        }
    }
}

impl IntoResponse for ScimError {
    fn into_response(self) -> Response {
        let (status, word) = self.kind();
        let detail = if self.is_broken() {
            tracing::error!("a directory could not be answered: {self}");
            "something went wrong here; it was written to the log of the service".to_owned()
        } else {
            self.to_string()
        };
        let mut body = json!({
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
            "status": status.as_str(),
            "detail": detail,
        });
        if let (Some(word), Some(body)) = (word, body.as_object_mut()) {
            body.insert("scimType".to_owned(), word.into());
        }
        let mut answer = answer(status, &body);
        let header: Option<(HeaderName, &str)> = match &self {
            Self::NoKey => Some((WWW_AUTHENTICATE, "Bearer")),
            Self::TooMany => Some((RETRY_AFTER, "60")),
            Self::Office(OfficeError::Contended) => Some((RETRY_AFTER, "1")),
            _ => None,
        };
        if let Some((name, value)) = header {
            answer.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        if let Self::Office(OfficeError::Denied(denied)) = self {
            answer.extensions_mut().insert::<Denied>(denied);
        }
        answer
    }
}

/// An answer in SCIM's own media type, which nobody keeps.
pub(crate) fn answer(status: StatusCode, body: &Value) -> Response {
    let headers = [
        (CONTENT_TYPE, MEDIA_TYPE),
        (axum::http::header::CACHE_CONTROL, "no-store"),
        (axum::http::header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (status, headers, body.to_string()).into_response()
}
