//! The client: admission, attempts, waits.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, StatusCode};
use tokio::sync::Semaphore;
use tokio::time::Instant;
use tracing::Instrument;

use crate::budget::{RateBudget, ServerReport};
use crate::observer::{Wait, WaitReason};
use crate::reqwest_transport::ReqwestTransport;
use crate::retry::{self, Decision};
use crate::transport::{Answer, Transport};
use crate::{Error, Jitter, Observer, Options};

/// Sends requests. Clones share the connections, the rate budget and the count of calls.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    transport: Arc<dyn Transport>,
    budget: RateBudget,
    under_way: Semaphore,
    calls: AtomicU64,
    jitter: Jitter,
    observer: Option<Observer>,
}

impl Client {
    /// A client on sockets.
    ///
    /// # Errors
    ///
    /// [`Error::Setup`] when the system's certificates cannot be used.
    pub fn new(options: Options) -> Result<Self, Error> {
        let transport = Arc::new(ReqwestTransport::new(&options)?);
        Ok(Self::with_transport(transport, options))
    }

    /// A client on another way to make exchanges; for tests.
    pub fn with_transport(transport: Arc<dyn Transport>, options: Options) -> Self {
        let inner = Inner {
            transport,
            budget: RateBudget::new(options.rate_limit, options.observer.clone()),
            under_way: Semaphore::new(options.max_in_flight.max(1)),
            calls: AtomicU64::new(0),
            jitter: options.jitter,
            observer: options.observer,
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// How many requests have been sent, repeated ones included.
    pub fn calls(&self) -> u64 {
        self.inner.calls.load(Ordering::Relaxed)
    }

    /// Sends a request and gives the answer, whatever its status.
    ///
    /// Safe requests are repeated a few times on failures that pass; a `POST` only when it cannot have arrived or
    /// was refused for being one too many.
    ///
    /// # Errors
    ///
    /// When there is no whole answer after the last attempt.
    pub async fn send(&self, request: Request<Bytes>) -> Answer {
        let mut attempt = 1;
        loop {
            let end = self.attempt(&request, attempt, None).await;
            match retry::decide(request.method(), attempt, &end) {
                Decision::Accept => return end,
                Decision::BackOff(wait) => self.pause(self.inner.jitter.spread(wait), attempt, &end).await,
                Decision::Obey(wait) => self.pause(wait, attempt, &end).await,
                Decision::AskBudget => {}
            }
            attempt += 1;
        }
    }

    /// Sends a request one time, and only until `deadline`; gives whatever comes of it.
    ///
    /// For changes that rest on something read before: waiting for the rate limit makes that old, and a second try
    /// could meet what somebody else did after the first. So the caller reads again, and decides.
    ///
    /// # Errors
    ///
    /// [`Error::Late`] when it could not be sent in time; otherwise when there is no whole answer, which leaves open
    /// whether the request had its effect unless [`Error::nothing_sent`] says so.
    pub async fn send_once(&self, request: Request<Bytes>, deadline: Instant) -> Answer {
        self.attempt(&request, 1, Some(deadline)).await
    }

    async fn attempt(&self, request: &Request<Bytes>, attempt: u32, deadline: Option<Instant>) -> Answer {
        let span = tracing::debug_span!(
            "http",
            method = %request.method(),
            path = request.uri().path(),
            attempt,
            status = tracing::field::Empty,
        );
        let exchange = self.exchange(request.clone(), deadline);
        let end = exchange.instrument(span.clone()).await;
        match &end {
            Ok(response) => {
                span.record("status", response.status().as_u16());
            }
            Err(error) => span.in_scope(|| tracing::debug!(%error, "no answer")),
        }
        end
    }

    async fn exchange(&self, request: Request<Bytes>, deadline: Option<Instant>) -> Answer {
        // The semaphore is never closed; if it were, the call would go on without its permit.
        let _under_way = self.inner.under_way.acquire().await.ok();
        let slot = self.inner.budget.admit().await;
        if deadline.is_some_and(|deadline| Instant::now() > deadline) {
            return Err(Error::Late);
        }
        self.inner.calls.fetch_add(1, Ordering::Relaxed);
        let end = self.inner.transport.exchange(request).await;
        if let Ok(response) = &end {
            slot.answered(ServerReport::read(response.headers()));
            if response.status() == StatusCode::TOO_MANY_REQUESTS {
                slot.refused(retry::retry_after(response.headers()));
            }
        }
        end
    }

    async fn pause(&self, duration: Duration, attempt: u32, end: &Answer) {
        let cause = match end {
            Ok(response) => format!("HTTP status {}", response.status().as_u16()),
            Err(error) => error.to_string(),
        };
        tracing::debug!(
            attempt,
            cause,
            wait_s = duration.as_secs_f32(),
            "the request is repeated"
        );
        if let Some(observer) = &self.inner.observer {
            observer(&Wait {
                duration,
                reason: WaitReason::Retry { attempt, cause },
            });
        }
        tokio::time::sleep(duration).await;
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("transport", &self.inner.transport)
            .field("calls", &self.calls())
            .finish_non_exhaustive()
    }
}
