//! The rate budget: how a program keeps to what a server allows without ever running into its block.

mod ledger;
mod report;

use std::cell::Cell;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use crate::observer::{Wait, WaitReason};
use crate::{Observer, RateLimit};
use ledger::{Ledger, Verdict};
pub(crate) use report::ServerReport;

/// Admits calls so that no stretch of the window has more of them than the quota.
///
/// A run that fits into the quota never waits. The server's own count is taken in as well, because others may
/// spend from the same budget.
pub(crate) struct RateBudget {
    ledger: Mutex<Ledger>,
    /// Those who wait stand in line here, so that they are admitted in the order they came.
    line: tokio::sync::Mutex<()>,
    answered: Notify,
    observer: Option<Observer>,
}

impl RateBudget {
    /// A budget that nothing has been spent of.
    pub(crate) fn new(limit: RateLimit, observer: Option<Observer>) -> Self {
        Self {
            ledger: Mutex::new(Ledger::new(limit)),
            line: tokio::sync::Mutex::new(()),
            answered: Notify::new(),
            observer,
        }
    }

    /// Waits until a call may be sent. The call is over when the slot is given back or dropped.
    pub(crate) async fn admit(&self) -> Slot<'_> {
        let _turn = self.line.lock().await;
        loop {
            // Asked for before the verdict, so that an answer in between is not missed.
            let answered = self.answered.notified();
            let verdict = self.ledger().ask(Instant::now());
            match verdict {
                Verdict::Go => {
                    return Slot {
                        budget: self,
                        reported: Cell::new(false),
                    };
                }
                Verdict::WaitForAnswer => answered.await,
                Verdict::WaitUntil(until, reason) => {
                    self.tell(until, reason);
                    tokio::time::sleep_until(until).await;
                }
            }
        }
    }

    fn tell(&self, until: Instant, reason: WaitReason) {
        let duration = until.saturating_duration_since(Instant::now());
        tracing::debug!(
            ?reason,
            wait_s = duration.as_secs_f32(),
            "waiting for the rate budget"
        );
        if let Some(observer) = &self.observer {
            observer(&Wait { duration, reason });
        }
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for RateBudget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RateBudget")
            .field("ledger", &self.ledger)
            .finish_non_exhaustive()
    }
}

/// An admitted call. Dropped without an answer it still counts: the server may have seen it.
#[derive(Debug)]
#[must_use]
pub(crate) struct Slot<'a> {
    budget: &'a RateBudget,
    /// Whether the answer had the server's own count.
    reported: Cell<bool>,
}

impl Slot<'_> {
    /// The call was answered, maybe with the server's own count.
    pub(crate) fn answered(&self, report: Option<ServerReport>) {
        self.reported.set(report.is_some());
        self.budget.ledger().report(Instant::now(), report);
    }

    /// The call was refused for being one too many, maybe with what the server asks to wait.
    pub(crate) fn refused(&self, wait: Option<Duration>) {
        self.budget.ledger().block(Instant::now(), wait);
    }
}

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        self.budget.ledger().finish(Instant::now(), self.reported.get());
        self.budget.answered.notify_one();
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
