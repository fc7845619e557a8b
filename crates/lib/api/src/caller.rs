//! Who calls: shown by an API key in the header that is made for it, and by nothing else. Cookies and addresses are not
//! looked at, so no page of anybody's can have a browser call.

use std::net::SocketAddr;
use std::sync::Arc;

use authn::Token;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{CACHE_CONTROL, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use governance::{Action, Actor, KeyHolder};
use lobby::{api_key, kept};

use crate::Inner;
use crate::problem::Problem;

/// The header with the id of a request.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What is known of a request before anybody looks who it is from.
#[derive(Clone, Debug)]
struct Arrival {
    id: String,
    from: Option<String>,
}

/// Whoever calls.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) holder: KeyHolder,
    pub(crate) actor: Actor,
}

/// Gives each request its id, counts who asks, and completes each answer.
pub(crate) async fn receive(State(inner): State<Arc<Inner>>, mut request: Request, next: Next) -> Response {
    let arrival = arrival(&inner, &request);
    let id = arrival.id.clone();
    let limit = &inner.limits.by_address;
    let from = arrival.from.as_deref().unwrap_or("unknown");
    let mut response = if limit.allow(from, inner.lobby.office.now()) {
        request.extensions_mut().insert(arrival);
        next.run(request).await
    } else {
        Problem::too_many(limit.window()).into_response()
    };
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        response = problem.rendered(&id);
    }
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, id);
    }
    response
}

fn arrival(inner: &Inner, request: &Request) -> Arrival {
    let address = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let client = |peer: &SocketAddr| inner.lobby.proxies.client(peer.ip(), request.headers());
    let micros = inner.lobby.office.now().timestamp_micros();
    let mut chance = [0; 4];
    // Without randomness the time has to tell requests apart.
    inner.lobby.helpers.random.fill(&mut chance).ok();
    Arrival {
        id: format!("{micros:x}{:08x}", u32::from_be_bytes(chance)),
        from: address.map(|ConnectInfo(peer)| client(peer).to_string()),
    }
}

/// Lets those in who have a good key, and puts a [`Caller`] beside the request. What they were refused is written down.
pub(crate) async fn recognise(State(inner): State<Arc<Inner>>, mut request: Request, next: Next) -> Response {
    let arrival = request.extensions().get::<Arrival>().cloned();
    let token = api_key(request.headers());
    let caller = match recognised(&inner, arrival, token).await {
        Ok(caller) => caller,
        Err(problem) => return problem.into_response(),
    };
    let actor = caller.actor.clone();
    let response = match actor.may(Action::UseApi) {
        Ok(()) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(denied) => Problem::from(denied).into_response(),
    };
    let denied = response
        .extensions()
        .get::<Problem>()
        .and_then(|problem| problem.denied);
    if let Some(denied) = denied
        && let Err(error) = inner.lobby.office.note_refusal(&actor, denied).await
    {
        tracing::warn!("a refusal could not be written down: {error}");
    }
    response
}

async fn recognised(
    inner: &Inner,
    arrival: Option<Arrival>,
    token: Option<Token>,
) -> Result<Caller, Problem> {
    let token = token.ok_or_else(Problem::no_key)?;
    let office = &inner.lobby.office;
    let holder = office
        .whose_key(&kept(&token))
        .await?
        .ok_or_else(Problem::no_key)?;
    let limit = &inner.limits.by_key;
    if !limit.allow(holder.key.id.as_str(), office.now()) {
        return Err(Problem::too_many(limit.window()));
    }
    let (from, id) = arrival.map_or((None, None), |arrival| (arrival.from, Some(arrival.id)));
    let actor = holder.actor(from, id);
    Ok(Caller { holder, actor })
}
