//! The access token: fetched when it is needed, by one caller at a time, and kept until it is about to end.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chrono::DateTime;
use http::header::{CONTENT_TYPE, DATE};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use http_client::Client;
use model::{Clock, IdSource};
use serde::Deserialize;
use task_protocol::{ASSERTION_TYPE, ClientId, ClientSecret, GRANT_TYPE, TOKEN_PATH, assertion};
use tokio::sync::Mutex;
use tokio::time::Instant;
use tonic::metadata::{Ascii, MetadataValue};
use url::form_urlencoded::Serializer;

use super::CallError;

/// A token is renewed so long before its end.
const MARGIN: Duration = Duration::from_secs(10);

/// The longest that fetching a token may take.
const LIMIT: Duration = Duration::from_secs(30);

/// Clocks may be so many seconds apart before that is the likely reason of a refusal.
const CLOCK_TOLERANCE: i64 = 60;

/// Gets tokens for one client.
pub(super) struct Session {
    http: Client,
    url: String,
    client: ClientId,
    secret: ClientSecret,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    current: Mutex<Option<Bearer>>,
}

/// A token, as calls carry it.
#[derive(Clone)]
pub(super) struct Bearer {
    header: MetadataValue<Ascii>,
    until: Instant,
}

impl Bearer {
    pub(super) fn header(&self) -> MetadataValue<Ascii> {
        self.header.clone()
    }
}

/// Who we are to a control plane.
pub(super) struct Identity {
    pub(super) client: ClientId,
    pub(super) secret: ClientSecret,
}

/// What the control plane answers.
#[derive(Deserialize)]
struct Answer {
    access_token: String,
    #[serde(default)]
    expires_in: u64,
}

/// What it answers instead (RFC 6749, section 5.2).
#[derive(Default, Deserialize)]
struct Refusal {
    #[serde(default)]
    error: String,
    #[serde(default)]
    error_description: String,
}

impl Session {
    /// A session with the control plane at `authority`.
    pub(super) fn new(
        http: Client,
        authority: &str,
        identity: Identity,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
    ) -> Self {
        Self {
            http,
            url: format!("https://{authority}{TOKEN_PATH}"),
            client: identity.client,
            secret: identity.secret,
            clock,
            ids,
            current: Mutex::default(),
        }
    }

    /// A token that holds for a while.
    pub(super) async fn bearer(&self) -> Result<Bearer, CallError> {
        let mut current = self.current.lock().await;
        match &*current {
            Some(bearer) if Instant::now() < bearer.until => Ok(bearer.clone()),
            _ => self.fetch_into(&mut current).await,
        }
    }

    /// Another token than one that was refused.
    pub(super) async fn renewed(&self, refused: &Bearer) -> Result<Bearer, CallError> {
        let mut current = self.current.lock().await;
        match &*current {
            Some(bearer) if bearer.header != refused.header => Ok(bearer.clone()),
            _ => self.fetch_into(&mut current).await,
        }
    }

    async fn fetch_into(&self, current: &mut Option<Bearer>) -> Result<Bearer, CallError> {
        *current = None;
        let bearer = self.fetch().await?;
        *current = Some(bearer.clone());
        Ok(bearer)
    }

    async fn fetch(&self) -> Result<Bearer, CallError> {
        let asked = Instant::now();
        let answer = self.http.send_once(self.request()?, asked + LIMIT).await;
        let answer = answer.map_err(unreachable)?;
        if answer.status() != StatusCode::OK {
            return Err(self.refusal(&answer));
        }
        let token: Answer = serde_json::from_slice(answer.body()).map_err(|_| not_a_token())?;
        let text = format!("Bearer {}", token.access_token);
        let mut header: MetadataValue<Ascii> = text.parse().map_err(|_| not_a_token())?;
        if token.access_token.is_empty() {
            return Err(not_a_token());
        }
        header.set_sensitive(true);
        let lasts = Duration::from_secs(token.expires_in.min(86_400)).saturating_sub(MARGIN);
        Ok(Bearer {
            header,
            until: asked + lasts,
        })
    }

    fn request(&self) -> Result<Request<Bytes>, CallError> {
        let (now, nonce) = (self.clock.now(), self.ids.next_bytes());
        let assertion = assertion::sign(&self.client, &self.secret, now, nonce);
        let form = Serializer::new(String::new())
            .append_pair("client_assertion", &assertion)
            .append_pair("client_assertion_type", ASSERTION_TYPE)
            .append_pair("client_id", self.client.as_str())
            .append_pair("grant_type", GRANT_TYPE)
            .finish();
        Request::builder()
            .method(Method::POST)
            .uri(&self.url)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form.into())
            .map_err(|error| CallError::Unreachable {
                reason: format!("{} cannot be asked: {error}", self.url),
                hint: String::new(),
            })
    }

    /// Only these three statuses are about the client; the others may be about the way to the control plane.
    fn refusal(&self, answer: &Response<Bytes>) -> CallError {
        let status = answer.status();
        let about_us = [
            StatusCode::BAD_REQUEST,
            StatusCode::UNAUTHORIZED,
            StatusCode::FORBIDDEN,
        ];
        if about_us.contains(&status) {
            return CallError::Credential {
                reason: reason(answer),
                clock_ahead: self.clock_ahead(answer.headers()),
            };
        }
        CallError::Unreachable {
            reason: format!("{} answers with HTTP status {}", self.url, status.as_u16()),
            hint: "check that this is the address of a control plane, and that it is up".to_owned(),
        }
    }

    fn clock_ahead(&self, headers: &HeaderMap) -> Option<i64> {
        let date = DateTime::parse_from_rfc2822(headers.get(DATE)?.to_str().ok()?).ok()?;
        let ahead = (date.to_utc() - self.clock.now()).num_seconds();
        Some(ahead).filter(|ahead| ahead.abs() > CLOCK_TOLERANCE)
    }
}

fn reason(answer: &Response<Bytes>) -> String {
    let status = answer.status().as_u16();
    let refusal: Refusal = serde_json::from_slice(answer.body()).unwrap_or_default();
    let texts = [refusal.error_description, refusal.error];
    let text = texts.into_iter().find(|text| !text.is_empty());
    text.map_or_else(
        || format!("HTTP status {status}"),
        |text| format!("{} (HTTP status {status})", text.replace(char::is_control, " ")),
    )
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it stands where an error is turned into another"
)]
fn unreachable(error: http_client::Error) -> CallError {
    let hint = match &error {
        http_client::Error::Tls { .. } => {
            "if the control plane has a certificate of its own authority, name that authority's PEM file in \
             SSL_CERT_FILE; otherwise check this machine's clock and its trusted certificates"
        }
        other => other.hint(),
    };
    CallError::Unreachable {
        reason: error.to_string(),
        hint: hint.to_owned(),
    }
}

fn not_a_token() -> CallError {
    CallError::Unreachable {
        reason: "the control plane answers, but not with a token".to_owned(),
        hint: "check that this is the address of a control plane".to_owned(),
    }
}
