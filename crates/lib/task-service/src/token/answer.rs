//! What the token endpoint answers (RFC 6749, sections 5.1 and 5.2).

use std::time::Duration;

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use governance::{CredentialRefusal, DeskError};
use serde_json::json;
use task_protocol::assertion::AssertionError;

/// A token that is given out. It is never printed.
pub(super) struct Granted {
    token: String,
    life: Duration,
}

impl Granted {
    pub(super) fn new(token: String, life: Duration) -> Self {
        Self { token, life }
    }
}

impl IntoResponse for Granted {
    fn into_response(self) -> Response {
        let body = json!({
            "access_token": self.token,
            "token_type": "Bearer",
            "expires_in": self.life.as_secs(),
        });
        uncached(StatusCode::OK, body)
    }
}

/// Why there is no token.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refused {
    #[error("grant_type must be `client_credentials`")]
    GrantType,
    #[error("client_assertion_type must be `urn:ietf:params:oauth:client-assertion-type:jwt-bearer`")]
    AssertionType,
    #[error("the assertion is not accepted: {0}")]
    Assertion(#[source] AssertionError),
    #[error("client_id is not the one that the assertion speaks for")]
    OtherClient,
    #[error("no such client id; it may have been removed, or belong to another control plane")]
    Unknown,
    #[error(transparent)]
    Credential(CredentialRefusal),
    #[error("this assertion was used before; sign a new one for each request")]
    Replayed,
    #[error("this machine gives no randomness")]
    NoRandomness,
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl Refused {
    fn status(&self) -> StatusCode {
        match self {
            Self::GrantType | Self::AssertionType => StatusCode::BAD_REQUEST,
            Self::NoRandomness | Self::Desk(DeskError::Store(_)) => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::UNAUTHORIZED,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::GrantType => "unsupported_grant_type",
            Self::AssertionType => "invalid_request",
            Self::NoRandomness | Self::Desk(DeskError::Store(_)) => "temporarily_unavailable",
            _ => "invalid_client",
        }
    }

    /// For whoever asks. Before the signature is proven, it is not told what exists and what does not.
    fn description(&self) -> String {
        match self {
            Self::Desk(DeskError::Store(_)) => "try again later".to_owned(),
            Self::Unknown | Self::Assertion(AssertionError::Signature) => {
                "unknown client id, or a signature that is not its own".to_owned()
            }
            other => other.to_string(),
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let body = json!({ "error": self.code(), "error_description": self.description() });
        uncached(self.status(), body)
    }
}

fn uncached(status: StatusCode, body: serde_json::Value) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}
