//! Who a request comes from, and what is written down when they were refused.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use governance::{Actor, Denied};

use super::cookie::token_of;
use super::error::Failed;
use super::visitor::{Signed, Visitor};
use crate::Inner;
use crate::secrets::kept;

/// Puts a [`Visitor`] beside the request.
pub(super) async fn identify(State(inner): State<Arc<Inner>>, mut request: Request, next: Next) -> Response {
    let visitor = match visitor(&inner, &request).await {
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

async fn visitor(inner: &Inner, request: &Request) -> Result<Visitor, Failed> {
    let address = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let from = address.map(|ConnectInfo(address)| address.ip().to_string());
    let id = inner.office.now().timestamp_micros();
    let request_id = format!("{id:x}");
    let agent = request.headers().get(axum::http::header::USER_AGENT);
    let mut visitor = Visitor {
        from: from.clone(),
        request: Some(request_id.clone()),
        agent: agent.and_then(|agent| agent.to_str().ok()).unwrap_or_default().to_owned(),
        signed: None,
    };
    let Some(token) = token_of(request.headers()) else {
        return Ok(visitor);
    };
    if let Some(whose) = inner.office.whose(&kept(&token)).await? {
        let actor: Actor = whose.actor(from, Some(request_id));
        visitor.signed = Some(Signed {
            whose,
            actor,
            token: Arc::new(token),
        });
    }
    Ok(visitor)
}
