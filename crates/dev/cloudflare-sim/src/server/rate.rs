//! The budget of calls and its five-minute block.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use axum::http::{HeaderMap, HeaderName, HeaderValue};

use crate::{clock::Clock, options::RateLimit};

/// Budgets per user or account-owned token.
#[derive(Debug)]
pub(super) struct RateLimiter {
    limit: RateLimit,
    clock: Clock,
    budgets: Mutex<HashMap<String, Budget>>,
}

/// A window that began with its first call, or a block.
#[derive(Debug, Clone, Copy)]
struct Budget {
    used: u32,
    ends: Duration,
    blocked: bool,
}

/// How a call stands with its budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    quota: u32,
    window: u64,
    remaining: u32,
    reset: u64,
    pub(super) blocked: bool,
}

impl RateLimiter {
    pub(super) fn new(limit: RateLimit, clock: Clock) -> Self {
        Self {
            limit,
            clock,
            budgets: Mutex::default(),
        }
    }

    /// Counts a call of `holder`.
    pub(super) fn spend(&self, holder: &str) -> Option<Standing> {
        let RateLimit::On { quota, window, block } = self.limit else {
            return None;
        };
        let now = self.clock.now();
        let fresh = Budget {
            used: 0,
            ends: now.saturating_add(window),
            blocked: false,
        };
        let mut budgets = self.budgets.lock().unwrap_or_else(PoisonError::into_inner);
        let budget = budgets.entry(holder.to_owned()).or_insert(fresh);
        if now >= budget.ends {
            *budget = fresh;
        }
        budget.used = budget.used.saturating_add(1);
        if budget.used > quota && !budget.blocked {
            *budget = Budget {
                used: budget.used,
                ends: now.saturating_add(block),
                blocked: true,
            };
        }
        Some(Standing {
            quota,
            window: window.as_secs(),
            remaining: quota.saturating_sub(budget.used),
            reset: whole_seconds(budget.ends.saturating_sub(now)),
            blocked: budget.blocked,
        })
    }
}

/// Rounded up, so that waiting that long is enough.
fn whole_seconds(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}

impl Standing {
    /// The text of the refusal.
    pub(super) fn message(&self) -> String {
        format!(
            "More than {} requests per {} seconds reached. Please wait and consider throttling your request speed",
            self.quota, self.window
        )
    }

    /// The headers of an answer.
    pub(super) fn write(&self, headers: &mut HeaderMap) {
        insert(
            headers,
            "ratelimit",
            format!("\"default\";r={};t={}", self.remaining, self.reset),
        );
        insert(
            headers,
            "ratelimit-policy",
            format!("\"default\";q={};w={}", self.quota, self.window),
        );
        if self.blocked {
            insert(headers, "retry-after", self.reset.to_string());
        }
    }
}

/// Sets a header whose text is made here.
pub(super) fn insert(headers: &mut HeaderMap, name: &'static str, value: String) {
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
}
