//! The HTTP endpoints that others ask how a program is: `/live`, `/ready` and `/health`.
//!
//! They tell what is known already: no question has a call elsewhere behind it, however often it is asked. The paths and
//! the form of the answers are those of Baton connectors.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// How something is, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it is as it should be.
    pub ok: bool,
    /// What there is to say about it, by name.
    pub details: Vec<(&'static str, String)>,
}

/// How a program is.
pub trait Checks: Send + Sync + 'static {
    /// Whether all is well.
    fn health(&self) -> Verdict;
    /// Whether it can do its work now.
    fn readiness(&self) -> Verdict;
}

/// Where the time comes from.
type Now = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// Why nobody can ask.
#[derive(Debug, thiserror::Error)]
pub enum HealthError {
    /// The text is no address of this machine.
    #[error("`{0}` is no IP address to answer questions about health on")]
    Address(String),
    /// The address is not to be had.
    #[error("cannot answer questions about health on {address}: {source}")]
    Listen {
        /// Which.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
}

/// A port on which questions about health are answered.
#[derive(Debug)]
pub struct HealthServer {
    listener: TcpListener,
    address: SocketAddr,
}

#[derive(Clone)]
struct Asked {
    checks: Arc<dyn Checks>,
    now: Now,
}

impl HealthServer {
    /// Listens; port 0 is any free one.
    ///
    /// # Errors
    /// When that is no address, or when it is not to be had.
    pub async fn bind(address: &str, port: u16) -> Result<Self, HealthError> {
        let host = address.trim_start_matches('[').trim_end_matches(']');
        let ip = if host == "localhost" { "127.0.0.1" } else { host };
        let ip: IpAddr = ip.parse().map_err(|_| HealthError::Address(address.to_owned()))?;
        let address = SocketAddr::new(ip, port);
        let failed = |source| HealthError::Listen { address, source };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self { listener, address })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until it is told to stop.
    pub async fn serve(self, checks: Arc<dyn Checks>, now: Now, stop: CancellationToken) {
        let router = Router::new()
            .route("/health", get(health))
            .route("/ready", get(ready))
            .route("/live", get(live))
            .fallback(nothing)
            .with_state(Asked { checks, now });
        let serving = axum::serve(self.listener, router);
        if let Some(Err(error)) = stop.run_until_cancelled(serving.into_future()).await {
            tracing::error!("questions about health are not answered any more: {error}");
        }
    }
}

async fn health(State(asked): State<Asked>) -> Response {
    asked.answer(asked.checks.health(), ["healthy", "unhealthy"])
}

async fn ready(State(asked): State<Asked>) -> Response {
    asked.answer(asked.checks.readiness(), ["ready", "not ready"])
}

async fn live(State(asked): State<Asked>) -> Response {
    let alive = Verdict {
        ok: true,
        details: Vec::new(),
    };
    asked.answer(alive, ["alive", "dead"])
}

async fn nothing() -> Response {
    (StatusCode::NOT_FOUND, "404 page not found\n").into_response()
}

impl Asked {
    fn answer(&self, verdict: Verdict, words: [&str; 2]) -> Response {
        let [good, bad] = words;
        let (status, word) = if verdict.ok {
            (StatusCode::OK, good)
        } else {
            (StatusCode::SERVICE_UNAVAILABLE, bad)
        };
        let mut body = json!({
            "status": word,
            "timestamp": (self.now)().to_rfc3339_opts(SecondsFormat::Secs, true),
        });
        if let (false, Some(body)) = (verdict.details.is_empty(), body.as_object_mut()) {
            let details = verdict.details.into_iter();
            let details: Map<String, Value> = details
                .map(|(name, text)| (name.to_owned(), text.into()))
                .collect();
            body.insert("details".to_owned(), details.into());
        }
        let head = [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "no-store"),
        ];
        (status, head, format!("{body}\n")).into_response()
    }
}

#[cfg(test)]
mod tests;
