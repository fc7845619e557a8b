//! The API: for programs, all that the pages do, as JSON under `/api/v1`.
//!
//! It turns requests into questions to `governance::Office` and answers into JSON. Who somebody is shows by an API key
//! alone; what they may do is decided in the office. Every endpoint is declared once, with the types that it takes and
//! gives, and both the router and the `OpenAPI` document are made of that declaration.

mod answer;
mod call;
mod caller;
mod document;
mod endpoint;
mod input;
mod limits;
mod page;
mod problem;
mod routes;
mod shape;

use std::fmt;
use std::sync::Arc;

use axum::routing::get;
use axum::{Json, Router, middleware};
use lobby::Lobby;
use serde_json::Value;

use limits::Limits;

/// Where it is.
pub const PREFIX: &str = "/api/v1";

/// The API, ready to be served over TLS.
#[derive(Clone)]
pub struct Api {
    inner: Arc<Inner>,
}

/// What every endpoint works with.
pub(crate) struct Inner {
    pub(crate) lobby: Lobby,
    pub(crate) limits: Limits,
}

impl fmt::Debug for Api {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Api")
            .field("lobby", &self.inner.lobby)
            .finish_non_exhaustive()
    }
}

impl Api {
    /// An API beside the pages.
    pub fn new(lobby: Lobby) -> Self {
        let limits = Limits::default();
        Self {
            inner: Arc::new(Inner { lobby, limits }),
        }
    }

    /// Everything that it answers, to be served over TLS on the same host and port as the pages.
    pub fn router(&self) -> Router {
        let inner = &self.inner;
        let keyed = routes::all()
            .into_iter()
            .fold(Router::new(), |router, endpoint| endpoint.mount(router))
            .fallback(problem::nowhere)
            .method_not_allowed_fallback(problem::other_method)
            .layer(middleware::from_fn_with_state(
                Arc::clone(inner),
                caller::recognise,
            ));
        let document = Json(document());
        let all = keyed
            .route("/openapi.json", get(async move || document.clone()))
            .layer(middleware::from_fn_with_state(Arc::clone(inner), caller::receive))
            .with_state(Arc::clone(inner));
        Router::new().nest(PREFIX, all)
    }
}

/// The `OpenAPI` document, made of the endpoints.
pub fn document() -> Value {
    document::of(&routes::all())
}
