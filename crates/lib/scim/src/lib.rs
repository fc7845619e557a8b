//! SCIM 2.0 (RFC 7643, RFC 7644): a directory says who there is, over the domain's office.
//!
//! What a directory may do is decided in the office, never here; here it is read what it says and how it is answered.
//! Filters and patches are read by pure functions. There is no order of lists, no bulk, and no versions of resources:
//! the service says so of itself.

mod caller;
mod discovery;
mod error;
pub mod filter;
mod group;
mod groups;
pub mod patch;
pub mod path;
mod people;
mod person;
mod query;

use std::fmt;
use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Path as InPath, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use axum::{Router, middleware};
use chrono::TimeDelta;
use governance::{Office, OfficeError, TokenHash};
use lobby::{Lobby, Rates};
use secrecy::SecretString;
use serde_json::Value;

pub use error::ScimError;

use error::answer;
use query::Query;

/// Where it is, on the console's host and port.
pub const PLACE: &str = "/scim/v2";
/// The most bytes of a request.
const LARGEST: usize = 1 << 20;
/// The stretch of time in which calls are counted.
const WINDOW: TimeDelta = TimeDelta::minutes(1);
/// The most calls of a key in a minute.
const CALLS: u32 = 1_200;
/// The most calls in a minute from an address without a good key.
const STRANGERS: u32 = 20;

/// What a handler answers.
type Outcome = Result<Response, ScimError>;

/// The service for directories.
#[derive(Clone)]
pub struct Scim {
    inner: Arc<Inner>,
}

/// What every handler works with.
struct Inner {
    office: Office,
    lobby: Lobby,
    calls: Rates,
    strangers: Rates,
}

impl fmt::Debug for Scim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scim").finish_non_exhaustive()
    }
}

impl Scim {
    /// A service behind a lobby.
    pub fn new(lobby: Lobby) -> Self {
        Self {
            inner: Arc::new(Inner {
                office: lobby.office.clone(),
                lobby,
                calls: Rates::new(CALLS, WINDOW),
                strangers: Rates::new(STRANGERS, WINDOW),
            }),
        }
    }

    /// Everything that it answers, to be served over TLS beside the console.
    pub fn router(&self) -> Router {
        let identify = middleware::from_fn_with_state(Arc::clone(&self.inner), caller::identify);
        let all = Router::new()
            .route("/ServiceProviderConfig", get(config))
            .route("/ResourceTypes", get(resource_types))
            .route("/ResourceTypes/{id}", get(resource_type))
            .route("/Schemas", get(schemas))
            .route("/Schemas/{id}", get(schema))
            .merge(people::router())
            .merge(groups::router())
            .fallback(async || ScimError::Nothing)
            .method_not_allowed_fallback(async || ScimError::Method)
            .layer(identify)
            .layer(DefaultBodyLimit::max(LARGEST))
            .with_state(Arc::clone(&self.inner));
        Router::new().nest(PLACE, all)
    }
}

impl Inner {
    /// The address that everything here begins with.
    fn base(&self) -> String {
        format!("https://{}{PLACE}", self.lobby.address)
    }

    /// A link for somebody to choose a password with, and what is kept of it.
    fn link(&self) -> Result<(TokenHash, SecretString), ScimError> {
        let made = lobby::welcome_link(self.lobby.helpers.random.as_ref(), &self.lobby.address);
        made.map_err(|_| OfficeError::Conflict("this machine gives no randomness").into())
    }
}

async fn config(State(inner): State<Arc<Inner>>) -> Response {
    answer(StatusCode::OK, &discovery::config(&inner.base()))
}

async fn resource_types(State(inner): State<Arc<Inner>>) -> Outcome {
    all(&discovery::resource_types(&inner.base()))
}

async fn resource_type(State(inner): State<Arc<Inner>>, InPath(id): InPath<String>) -> Outcome {
    one(&discovery::resource_types(&inner.base()), &id)
}

async fn schemas(State(inner): State<Arc<Inner>>) -> Outcome {
    all(&discovery::schemas(&inner.base()))
}

async fn schema(State(inner): State<Arc<Inner>>, InPath(id): InPath<String>) -> Outcome {
    one(&discovery::schemas(&inner.base()), &id)
}

fn all(all: &[Value]) -> Outcome {
    let page = Query::parse("")?.page(all, Value::clone);
    Ok(answer(StatusCode::OK, &page))
}

fn one(all: &[Value], id: &str) -> Outcome {
    let is = |one: &&Value| one.get("id").and_then(Value::as_str) == Some(id);
    let found = all.iter().find(is).ok_or(ScimError::Nothing)?;
    Ok(answer(StatusCode::OK, found))
}
