//! Who calls: a program with a key for users by SCIM, and nobody else.

use std::net::SocketAddr;
use std::sync::Arc;

use authn::Token;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use governance::{Action, Actor, ApiKeyId, Denied, OfficeError, Via};
use serde_json::Value;

use crate::Inner;
use crate::error::ScimError;

/// Whoever calls, who may provision.
#[derive(Clone, Debug)]
pub(crate) struct Caller(pub(crate) Actor);

/// What was sent.
#[derive(Debug)]
pub(crate) struct Sent(pub(crate) Value);

/// Lets those in who may, and writes down who wanted to and may not.
pub(crate) async fn identify(State(inner): State<Arc<Inner>>, mut request: Request, next: Next) -> Response {
    let from = from(&inner, &request);
    let token = lobby::api_key(request.headers());
    let actor = match recognised(&inner, from, token).await {
        Ok(actor) => actor,
        Err(error) => return error.into_response(),
    };
    let response = if let Err(denied) = actor.may(Action::Provision) {
        ScimError::from(OfficeError::from(denied)).into_response()
    } else {
        request.extensions_mut().insert(Caller(actor.clone()));
        next.run(request).await
    };
    if let Some(denied) = response.extensions().get::<Denied>()
        && let Err(error) = inner.office.note_refusal(&actor, *denied).await
    {
        tracing::warn!("a refusal could not be written down: {error}");
    }
    response
}

/// The address that it comes from, before any proxies of ours.
fn from(inner: &Inner, request: &Request) -> Option<String> {
    let ConnectInfo(peer) = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
    let client = inner.lobby.proxies.client(peer.ip(), request.headers());
    Some(client.to_string())
}

async fn recognised(inner: &Inner, from: Option<String>, token: Option<Token>) -> Result<Actor, ScimError> {
    let now = inner.office.now();
    let place = from.clone().unwrap_or_default();
    let holder = match token {
        Some(token) => inner.office.whose_key(&lobby::kept(&token)).await?,
        None => None,
    };
    // Whoever has a good key is let in whatever others try from the same address.
    let Some(holder) = holder else {
        return Err(if inner.strangers.allow(&place, now) {
            ScimError::NoKey
        } else {
            ScimError::TooMany
        });
    };
    let id = format!("{:x}", now.timestamp_micros());
    let actor = holder.actor(from, Some(id));
    within_rate(inner, key(&actor))?;
    Ok(actor)
}

fn within_rate(inner: &Inner, key: Option<&ApiKeyId>) -> Result<(), ScimError> {
    let (now, key) = (inner.office.now(), key.map_or("", ApiKeyId::as_str));
    let allowed = inner.calls.allow(key, now);
    allowed.then_some(()).ok_or(ScimError::TooMany)
}

fn key(actor: &Actor) -> Option<&ApiKeyId> {
    match &actor.via {
        Via::Key { key, .. } => Some(key),
        _ => None,
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = ScimError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ScimError> {
        parts.extensions.get::<Self>().cloned().ok_or(ScimError::NoKey)
    }
}

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = ScimError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ScimError> {
        let bytes = axum::body::Bytes::from_request(request, state).await;
        let bytes = bytes.map_err(|_| ScimError::TooLarge)?;
        let value: Value =
            serde_json::from_slice(&bytes).map_err(|_| ScimError::Syntax("the body is no JSON"))?;
        let is_object = value.is_object();
        is_object
            .then_some(Self(value))
            .ok_or(ScimError::Syntax("the body is no JSON object"))
    }
}
