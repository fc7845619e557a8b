//! Of what is to run beside a service, that which this one has the lease of.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ::hosting::{Hosted, HostingError, Wanted};
use async_trait::async_trait;
use governance::{ConnectorId, Desk, ServiceId};

/// What is wanted here, when several services share a database.
pub(super) struct Leased {
    all: Arc<dyn Wanted>,
    desk: Desk,
    service: ServiceId,
    lease: Duration,
    /// When leases were last held.
    held: Mutex<Instant>,
}

impl fmt::Debug for Leased {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Leased")
            .field("service", &self.service)
            .finish_non_exhaustive()
    }
}

impl Leased {
    pub(super) fn new(all: Arc<dyn Wanted>, desk: Desk, service: ServiceId, lease: Duration) -> Self {
        Self {
            all,
            desk,
            service,
            lease,
            held: Mutex::new(Instant::now()),
        }
    }

    /// Lets others begin at once.
    pub(super) async fn let_go(&self) {
        if let Err(error) = self.desk.store().let_leases_go(&self.service).await {
            tracing::warn!("other services wait a moment before they run connectors: {error}");
        }
    }

    async fn ours(&self) -> Result<Vec<Hosted>, HostingError> {
        let mut wanted = self.all.wanted().await?;
        let connectors: Vec<ConnectorId> = wanted.iter().map(|hosted| hosted.connector.clone()).collect();
        let (begun, now) = (Instant::now(), self.desk.now());
        let times = (now, now + self.lease);
        let ours = self
            .desk
            .store()
            .hold_leases(&self.service, &connectors, times)
            .await?;
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = begun;
        wanted.retain(|hosted| ours.contains(&hosted.connector));
        Ok(wanted)
    }

    /// Whether another service may have begun by now, or is about to.
    fn is_over(&self) -> bool {
        let held = *self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.elapsed() >= self.lease / 2
    }
}

#[async_trait]
impl Wanted for Leased {
    async fn wanted(&self) -> Result<Vec<Hosted>, HostingError> {
        match self.ours().await {
            Err(error) if self.is_over() => {
                tracing::error!(
                    "connectors are left to other services, since leases cannot be held: {error}"
                );
                Ok(Vec::new())
            }
            other => other,
        }
    }

    async fn changed(&self) {
        self.all.changed().await;
    }
}
