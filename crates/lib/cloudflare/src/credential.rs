//! What Cloudflare knows the caller by.

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

/// What Cloudflare knows the caller by. Its secret cannot be printed.
#[derive(Debug, Clone)]
pub enum Credential {
    /// An API token, a user's or account-owned.
    ApiToken(SecretString),
    /// The global API key of a user, with full power of that user.
    GlobalKey {
        /// The user's address.
        email: String,
        /// The key.
        key: SecretString,
    },
}

impl Credential {
    /// The headers that carry it. `None` when it holds characters that no header can carry, such as a line break.
    pub(crate) fn headers(&self) -> Option<HeaderMap> {
        const AUTH_EMAIL: HeaderName = HeaderName::from_static("x-auth-email");
        const AUTH_KEY: HeaderName = HeaderName::from_static("x-auth-key");
        let mut headers = HeaderMap::new();
        match self {
            Self::ApiToken(token) => {
                headers.insert(
                    AUTHORIZATION,
                    secret(&format!("Bearer {}", token.expose_secret()))?,
                );
            }
            Self::GlobalKey { email, key } => {
                headers.insert(AUTH_EMAIL, HeaderValue::from_str(email).ok()?);
                headers.insert(AUTH_KEY, secret(key.expose_secret())?);
            }
        }
        Some(headers)
    }
}

fn secret(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}
