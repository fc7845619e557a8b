//! The keys that the provider signs with: read once, and again when it signs with one that is not among them.

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::CoreJsonWebKeySet;
use tokio::sync::Mutex;

/// The least time between two looks, so that made-up key ids cannot make us ask without end.
const PAUSE: TimeDelta = TimeDelta::seconds(10);

#[derive(Debug)]
pub(crate) struct Keys(Mutex<Held>);

#[derive(Debug)]
struct Held {
    keys: CoreJsonWebKeySet,
    read_at: DateTime<Utc>,
}

impl Keys {
    pub(crate) fn new(keys: CoreJsonWebKeySet, read_at: DateTime<Utc>) -> Self {
        Self(Mutex::new(Held { keys, read_at }))
    }

    pub(crate) async fn held(&self) -> CoreJsonWebKeySet {
        self.0.lock().await.keys.clone()
    }

    /// Newer keys than `known`: those that somebody else has read meanwhile, or what `read` gives. `None` when it is
    /// too early to look again.
    pub(crate) async fn renewed<E>(
        &self,
        known: &CoreJsonWebKeySet,
        now: DateTime<Utc>,
        read: impl Future<Output = Result<CoreJsonWebKeySet, E>>,
    ) -> Result<Option<CoreJsonWebKeySet>, E> {
        let mut held = self.0.lock().await;
        if held.keys == *known {
            if now - held.read_at < PAUSE {
                return Ok(None);
            }
            held.keys = read.await?;
            held.read_at = now;
        }
        Ok(Some(held.keys.clone()))
    }
}
