//! How the service is, for those who watch it: told on its own port, and asked there.

mod question;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

pub use question::{HealthError, ask_health};

use crate::Inner;

/// Where it is told.
const PATH: &str = "/healthz";
/// How long the database may take to answer; who asks has little patience, too.
const LIMIT: Duration = Duration::from_secs(3);

pub(crate) fn router(inner: Arc<Inner>) -> Router {
    Router::new().route(PATH, get(health)).with_state(inner)
}

/// Well is a service whose database answers. Anybody may ask, so why it does not is for the log only.
async fn health(State(inner): State<Arc<Inner>>) -> Response {
    let is_there = tokio::time::timeout(LIMIT, inner.desk.store().is_there());
    let (status, text) = match is_there.await {
        Ok(Ok(())) => (StatusCode::OK, "ok\n"),
        Ok(Err(error)) => {
            tracing::error!("{error}");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
        Err(_) => {
            tracing::error!("the database did not answer within {} s", LIMIT.as_secs());
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    };
    (status, [(header::CACHE_CONTROL, "no-store")], text).into_response()
}
