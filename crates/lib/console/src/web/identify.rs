//! Who a request comes from, and what is written down when they were refused.

use std::net::SocketAddr;
use std::sync::Arc;

use authn::Token;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::USER_AGENT;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use governance::Denied;
use lobby::kept;

use super::cookie::token_of;
use super::error::Failed;
use super::visitor::{Signed, Visitor};
use crate::Inner;

/// Puts a [`Visitor`] beside the request.
pub(super) async fn identify(State(inner): State<Arc<Inner>>, mut request: Request, next: Next) -> Response {
    let arrival = arrival(&inner, &request);
    // Style and script are everybody's: nobody is looked up for them.
    let is_asset = request.uri().path().starts_with(ui::assets::PREFIX);
    let token = token_of(request.headers()).filter(|_| !is_asset);
    let visitor = match recognised(&inner, arrival, token).await {
        Ok(visitor) => visitor,
        Err(failed) => return failed.into_response(),
    };
    let actor = visitor.actor();
    request.extensions_mut().insert(visitor);
    let response = next.run(request).await;
    if let Some(denied) = response.extensions().get::<Denied>()
        && let Err(error) = inner.office.note_refusal(&actor, *denied).await
    {
        tracing::warn!("a refusal could not be written down: {error}");
    }
    response
}

/// What can be said of a request before anybody looks who it is.
fn arrival(inner: &Inner, request: &Request) -> Visitor {
    let address = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let proxies = &inner.lobby.proxies;
    let from =
        address.map(|ConnectInfo(address)| proxies.client(address.ip(), request.headers()).to_string());
    let id = inner.office.now().timestamp_micros();
    let agent = request.headers().get(USER_AGENT);
    Visitor {
        from,
        request: Some(format!("{id:x}")),
        agent: agent
            .and_then(|agent| agent.to_str().ok())
            .unwrap_or_default()
            .to_owned(),
        signed: None,
    }
}

/// The same, with who it is when it came with a session that is good.
async fn recognised(inner: &Inner, mut visitor: Visitor, token: Option<Token>) -> Result<Visitor, Failed> {
    let Some(token) = token else {
        return Ok(visitor);
    };
    if let Some(whose) = inner.office.whose(&kept(&token)).await? {
        let actor = whose.actor(visitor.from.clone(), visitor.request.clone());
        visitor.signed = Some(Signed {
            whose,
            actor,
            token: Arc::new(token),
        });
    }
    Ok(visitor)
}
