//! The token endpoint: a signed assertion for an access token (OAuth 2.0 client credentials, RFC 6749 section 4.4, with
//! a JWT as in RFC 7523).

mod answer;

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, State};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Form, Router};
use governance::{Credential, PublicKey, TokenHash};
use sha2::{Digest as _, Sha256};
use task_protocol::assertion::{Assertion, Verified};
use task_protocol::{ASSERTION_TYPE, GRANT_TYPE, TOKEN_PATH};

use self::answer::{Granted, Refused};
use crate::Inner;
use crate::one_line::one_line;

/// The most bytes of a request; an assertion has under a thousand.
const LARGEST_REQUEST: usize = 16 << 10;

pub(crate) fn router(inner: Arc<Inner>) -> Router {
    Router::new()
        .route(TOKEN_PATH, post(give))
        .layer(DefaultBodyLimit::max(LARGEST_REQUEST))
        .with_state(inner)
}

/// The form that clients send.
#[derive(serde::Deserialize)]
struct Request {
    #[serde(default)]
    client_id: String,
    #[serde(default)]
    grant_type: String,
    #[serde(default)]
    client_assertion_type: String,
    #[serde(default)]
    client_assertion: String,
}

async fn give(State(inner): State<Arc<Inner>>, Form(request): Form<Request>) -> Response {
    match inner.give(&request).await {
        Ok(granted) => granted.into_response(),
        Err(refused) => {
            tracing::warn!(
                client_id = one_line(&request.client_id),
                "no access token: {refused}"
            );
            refused.into_response()
        }
    }
}

impl Inner {
    async fn give(&self, request: &Request) -> Result<Granted, Refused> {
        if request.grant_type != GRANT_TYPE {
            return Err(Refused::GrantType);
        }
        if request.client_assertion_type != ASSERTION_TYPE {
            return Err(Refused::AssertionType);
        }
        let (credential, verified) = self.check(request).await?;
        let bytes = self.secrets.secret().ok_or(Refused::NoRandomness)?;
        let text = encoded(bytes);
        let hash = hash_of(&text);
        let nonce = (verified.nonce.as_str(), verified.expires_at);
        let given = self
            .desk
            .give_token(&credential, nonce, hash, self.settings.token_life)
            .await?;
        if !given {
            return Err(Refused::Replayed);
        }
        tracing::debug!(connector = %credential.connector, credential = %credential.id, "access token given");
        Ok(Granted::new(text, self.settings.token_life))
    }

    /// The credential that the assertion names, once the assertion is proven to be its holder's.
    async fn check(&self, request: &Request) -> Result<(Credential, Verified), Refused> {
        let assertion = Assertion::parse(&request.client_assertion).map_err(Refused::Assertion)?;
        let client_id = assertion.client_id().clone();
        if client_id.as_str() != request.client_id {
            return Err(Refused::OtherClient);
        }
        let found = self.desk.store().credential(client_id.as_str()).await;
        let credential = found
            .map_err(governance::DeskError::from)?
            .ok_or(Refused::Unknown)?;
        let PublicKey(key) = credential.public_key;
        // Its own client id, which was given out here, says which host its assertions are for.
        let key = task_protocol::PublicKey(key);
        let verified = assertion
            .verify(&key, &[client_id.audience()], self.desk.now())
            .map_err(Refused::Assertion)?;
        credential.check(self.desk.now()).map_err(Refused::Credential)?;
        Ok((credential, verified))
    }
}

/// A token as text: 64 hexadecimal digits.
fn encoded(bytes: [u8; 32]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a text cannot fail.
        write!(text, "{byte:02x}").ok();
        text
    })
}

/// What is kept of a token.
pub(crate) fn hash_of(token: &str) -> TokenHash {
    TokenHash(Sha256::digest(token.as_bytes()).into())
}
