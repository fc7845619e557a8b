//! Answering on a port of its own.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use chrono::{DateTime, Utc};
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use super::answer::{Words, answer, not_found};
use super::{Checks, HealthError, Verdict};

/// Where the time comes from.
type Now = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// Who asks more at the same time has to wait.
const CONNECTIONS: usize = 32;

/// A question and its answer take a moment; who is slower is cut off.
const CONNECTION_LIMIT: Duration = Duration::from_secs(5);

/// The most bytes of a request's head: the least that the library takes.
const HEAD_LIMIT: usize = 8192;

/// How long to wait when the system is out of connections.
const BREATH: Duration = Duration::from_secs(1);

/// The health endpoint: its port is taken, and it answers once it is served.
#[derive(Debug)]
pub struct HealthServer {
    listener: TcpListener,
    address: SocketAddr,
}

impl HealthServer {
    /// Takes the port of an address; port 0 is any free one.
    ///
    /// # Errors
    /// When the system does not give it; the error says why.
    pub async fn bind(address: &str, port: u16) -> Result<Self, HealthError> {
        let host = address.trim_start_matches('[').trim_end_matches(']');
        let bound = async {
            let listener = TcpListener::bind((host, port)).await?;
            let address = listener.local_addr()?;
            Ok(Self { listener, address })
        };
        bound
            .await
            .map_err(|source| HealthError::new(place(host, port), source))
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until stopped. Connections that are still open then are closed.
    pub async fn serve(self, checks: Arc<dyn Checks>, now: Now, stop: CancellationToken) {
        let router = router(Watched { checks, now });
        let places = Arc::new(Semaphore::new(CONNECTIONS));
        // The permits are never closed, so the loop ends with `stop` only.
        while let Some(Ok(permit)) = stop
            .run_until_cancelled(Arc::clone(&places).acquire_owned())
            .await
        {
            let Some(stream) = stop.run_until_cancelled(accept(&self.listener)).await else {
                return;
            };
            let (router, stop) = (router.clone(), stop.clone());
            tokio::spawn(async move {
                stop.run_until_cancelled(converse(stream, router)).await;
                drop(permit);
            });
        }
    }
}

fn place(host: &str, port: u16) -> String {
    if host.contains(':') {
        format!("[{host}]:{port}")
    } else {
        format!("{host}:{port}")
    }
}

/// The next connection. Failures pass: a client that hung up, or a system short of descriptors.
async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) => {
                tracing::debug!("a health question was lost: {error}");
                tokio::time::sleep(BREATH).await;
            }
        }
    }
}

/// One question, one answer. What goes wrong is the client's to notice.
async fn converse(stream: TcpStream, router: Router) {
    let conversation = http1::Builder::new()
        .keep_alive(false)
        .max_buf_size(HEAD_LIMIT)
        .header_read_timeout(None)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    match tokio::time::timeout(CONNECTION_LIMIT, conversation).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::debug!("a health question was not understood: {error}"),
        Err(_) => tracing::debug!("a health question came too slowly"),
    }
}

/// What answers come from.
#[derive(Clone)]
struct Watched {
    checks: Arc<dyn Checks>,
    now: Now,
}

fn router(watched: Watched) -> Router {
    Router::new()
        .route("/health", get(health))
        .route("/ready", get(ready))
        .route("/live", get(live))
        .fallback(not_found)
        .with_state(watched)
}

async fn health(State(watched): State<Watched>) -> Response {
    let words = Words {
        good: "healthy",
        bad: "unhealthy",
    };
    answer(words, watched.checks.health(), (watched.now)())
}

async fn ready(State(watched): State<Watched>) -> Response {
    let words = Words {
        good: "ready",
        bad: "not_ready",
    };
    answer(words, watched.checks.readiness(), (watched.now)())
}

/// Whoever can answer is alive.
async fn live(State(watched): State<Watched>) -> Response {
    let words = Words {
        good: "alive",
        bad: "dead",
    };
    let alive = Verdict {
        ok: true,
        details: Vec::new(),
    };
    answer(words, alive, (watched.now)())
}
