//! The four calls of a sign-in.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::header::{AUTHORIZATION, LOCATION};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};
use url::{Url, form_urlencoded};

use super::key::text;
use super::token::{Asked, id_token};
use super::{CLIENT_ID, CLIENT_SECRET, Misbehaviour, Shared};

pub(super) const CONFIGURATION: &str = "/.well-known/openid-configuration";
pub(super) const KEYS: &str = "/keys";
pub(super) const AUTHORIZE: &str = "/authorize";
pub(super) const TOKEN: &str = "/token";

type Fields = BTreeMap<String, String>;

impl Shared {
    fn count(&self, path: &'static str) {
        *self.state().calls.entry(path).or_default() += 1;
    }
}

pub(super) async fn configuration(State(shared): State<Arc<Shared>>) -> Json<Value> {
    shared.count(CONFIGURATION);
    let issuer = &shared.issuer;
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}{AUTHORIZE}"),
        "token_endpoint": format!("{issuer}{TOKEN}"),
        "jwks_uri": format!("{issuer}{KEYS}"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": [shared.state().key.algorithm.name()],
        "code_challenge_methods_supported": ["S256"],
    }))
}

pub(super) async fn keys(State(shared): State<Arc<Shared>>) -> Json<Value> {
    shared.count(KEYS);
    Json(json!({ "keys": [shared.state().key.published()] }))
}

/// Sends the browser back at once: whoever comes is the person who signs in.
pub(super) async fn authorize(State(shared): State<Arc<Shared>>, Query(asked): Query<Fields>) -> Response {
    shared.count(AUTHORIZE);
    let field = |name: &str| asked.get(name).cloned().unwrap_or_default();
    let proper = field("client_id") == CLIENT_ID
        && field("response_type") == "code"
        && field("code_challenge_method") == "S256"
        && field("scope").split(' ').any(|scope| scope == "openid");
    let (true, Ok(mut back)) = (proper, field("redirect_uri").parse::<Url>()) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let mut state = shared.state();
    if state.misbehaviour == Misbehaviour::Cancelled {
        back.query_pairs_mut()
            .append_pair("error", "access_denied")
            .append_pair("state", &field("state"));
        return (StatusCode::FOUND, [(LOCATION, back.to_string())]).into_response();
    }
    let code = format!("code-{}", state.codes.len() + 1);
    let kept = Asked {
        redirect: field("redirect_uri"),
        nonce: field("nonce"),
        challenge: field("code_challenge"),
    };
    state.codes.insert(code.clone(), kept);
    back.query_pairs_mut()
        .append_pair("code", &code)
        .append_pair("state", &field("state"));
    (StatusCode::FOUND, [(LOCATION, back.to_string())]).into_response()
}

/// Exchanges a code, once, for whoever can show the verifier.
pub(super) async fn token(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: String) -> Response {
    shared.count(TOKEN);
    let fields: Fields = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let field = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    if !is_client(&headers) {
        return refusal("invalid_client", "unknown client");
    }
    let mut state = shared.state();
    let Some(asked) = state.codes.get(field("code")).cloned().filter(|asked| {
        let challenge = text(digest(&SHA256, field("code_verifier").as_bytes()).as_ref());
        asked.redirect == field("redirect_uri") && asked.challenge == challenge
    }) else {
        return refusal("invalid_grant", "code or verifier is wrong");
    };
    // The entry stays, so that the next code has another number; its challenge fits nothing any more.
    state
        .codes
        .entry(field("code").to_owned())
        .and_modify(|used| used.challenge.clear());
    match state.misbehaviour {
        Misbehaviour::Garbage => "<html>".into_response(),
        Misbehaviour::NoIdToken => {
            Json(json!({ "access_token": "a", "token_type": "Bearer" })).into_response()
        }
        _ => Json(json!({
            "access_token": "a",
            "token_type": "Bearer",
            "expires_in": 3600,
            "id_token": id_token(&state, &shared.issuer, &asked),
        }))
        .into_response(),
    }
}

fn is_client(headers: &HeaderMap) -> bool {
    let expected = BASE64_STANDARD.encode(format!("{}:{}", encoded(CLIENT_ID), encoded(CLIENT_SECRET)));
    let sent = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    sent == Some(&format!("Basic {expected}"))
}

/// Id and secret are encoded as in a form before they go into the header (RFC 6749, 2.3.1).
fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn refusal(error: &str, description: &str) -> Response {
    let body = json!({ "error": error, "error_description": description });
    (StatusCode::BAD_REQUEST, Json(body)).into_response()
}
