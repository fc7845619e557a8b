//! Which attempts are repeated, and when. Pure: the waiting is done elsewhere.

use std::time::Duration;

use http::{HeaderMap, Method, StatusCode, header};

use crate::transport::Answer;

/// Attempts per call, the first included.
const ATTEMPTS: u32 = 4;
const FIRST_WAIT: Duration = Duration::from_millis(500);
const LONGEST_WAIT: Duration = Duration::from_secs(8);
/// A server that asks for more than this is not waited for: its answer is given as it is.
const LONGEST_OBEYED: Duration = Duration::from_mins(15);
/// Longer times from a server are taken for this one: a clock has an end, and adding to it beyond that panics.
pub(crate) const LONGEST_TOLD: Duration = Duration::from_hours(24);

/// What to do with an attempt's end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Give it to the caller.
    Accept,
    /// Repeat after a growing pause that is spread.
    BackOff(Duration),
    /// Repeat after what the server asked for.
    Obey(Duration),
    /// Repeat as soon as the budget permits: a refusal for too many calls is a matter of all calls.
    AskBudget,
}

/// Decides about the end of an attempt, counted from 1.
pub(crate) fn decide(method: &Method, attempt: u32, end: &Answer) -> Decision {
    if attempt >= ATTEMPTS {
        return Decision::Accept;
    }
    match end {
        Err(error) if error.is_transient() && (repeatable(method) || error.nothing_sent()) => {
            back_off(attempt)
        }
        Ok(response) if response.status() == StatusCode::TOO_MANY_REQUESTS => {
            match retry_after(response.headers()) {
                Some(wait) if wait > LONGEST_OBEYED => Decision::Accept,
                _ => Decision::AskBudget,
            }
        }
        Ok(response) if repeatable(method) && is_transient(response.status()) => {
            match retry_after(response.headers()) {
                Some(wait) if wait > LONGEST_OBEYED => Decision::Accept,
                Some(wait) => Decision::Obey(wait),
                None => back_off(attempt),
            }
        }
        _ => Decision::Accept,
    }
}

/// `Retry-After` in whole seconds; the date form is not used by the services we talk to.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers
        .get(header::RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()
        .map(|seconds| Duration::from_secs(seconds).min(LONGEST_TOLD))
}

/// Whether sending it twice has the same effect as sending it once.
fn repeatable(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::PUT | Method::DELETE)
}

/// Statuses that may be different a moment later; 520 to 524 are an edge's failures to reach its origin.
fn is_transient(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 500 | 502 | 503 | 504 | 520..=524)
}

fn back_off(attempt: u32) -> Decision {
    Decision::BackOff(
        FIRST_WAIT
            .saturating_mul(1 << (attempt - 1).min(16))
            .min(LONGEST_WAIT),
    )
}

#[cfg(test)]
mod tests;
