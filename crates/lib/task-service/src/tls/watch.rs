//! A certificate that is exchanged while it is served.

use std::sync::PoisonError;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio_util::sync::CancellationToken;

use super::{Certificate, Found, TlsError};

/// How often the files are looked at. Whoever renews certificates does so days before the old ones run out.
const EVERY: Duration = Duration::from_mins(1);

impl Certificate {
    /// Reads the files again, and makes a certificate of our own anew when its time has come. Gives whether another one
    /// is served from now on; connections that are open stay as they are.
    ///
    /// # Errors
    /// As for [`Certificate::load`]; then what was served before still is.
    pub fn refresh(&self, now: DateTime<Utc>) -> Result<bool, TlsError> {
        let found = Found::of(&self.identity, now)?;
        let mut chain = self.chain.lock().unwrap_or_else(PoisonError::into_inner);
        if *chain == found.chain {
            return Ok(false);
        }
        self.config.reload_from_config(found.config()?);
        *chain = found.chain;
        Ok(true)
    }

    /// Does so again and again until it is told to stop. The two files may be exchanged one after the other: what does
    /// not fit together is no certificate, and is looked at again.
    pub async fn watch(self, now: impl Fn() -> DateTime<Utc>, stop: CancellationToken) {
        let mut complained = String::new();
        while stop
            .run_until_cancelled(tokio::time::sleep(EVERY))
            .await
            .is_some()
        {
            let (certificate, now) = (self.clone(), now());
            let refreshed = tokio::task::spawn_blocking(move || certificate.refresh(now)).await;
            complained = match refreshed {
                Ok(Ok(changed)) => {
                    if changed {
                        tracing::info!("the certificate was exchanged: the new one is served from now on");
                    }
                    String::new()
                }
                Ok(Err(error)) => complain(&complained, error.to_string()),
                Err(error) => complain(&complained, error.to_string()),
            };
        }
    }
}

/// The same complaint is worth one line.
fn complain(before: &str, now: String) -> String {
    if now != before {
        tracing::error!("the certificate before is still served, because: {now}");
    }
    now
}
