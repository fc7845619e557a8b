//! How a client behaves.

use std::fmt;
use std::time::Duration;

use crate::{Jitter, Observer, RateLimit};

/// How a [`crate::Client`] behaves.
#[derive(Clone)]
pub struct Options {
    /// How the program names itself.
    pub user_agent: String,
    /// The longest that one attempt may take, from connecting to the last byte of the answer.
    pub timeout: Duration,
    /// The largest answer in bytes, after decompression.
    pub max_body: usize,
    /// How many calls may be under way at the same time.
    pub max_in_flight: usize,
    /// What the server allows.
    pub rate_limit: RateLimit,
    /// Spread for the waits between attempts.
    pub jitter: Jitter,
    /// Who is told about waits.
    pub observer: Option<Observer>,
}

impl Default for Options {
    /// 300 s, 64 MiB, 16 calls at a time, no rate limit.
    fn default() -> Self {
        Self {
            user_agent: "rollcall".to_owned(),
            timeout: Duration::from_mins(5),
            max_body: 64 << 20,
            max_in_flight: 16,
            rate_limit: RateLimit::Off,
            jitter: Jitter::seeded(0),
            observer: None,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("user_agent", &self.user_agent)
            .field("timeout", &self.timeout)
            .field("max_body", &self.max_body)
            .field("max_in_flight", &self.max_in_flight)
            .field("rate_limit", &self.rate_limit)
            .finish_non_exhaustive()
    }
}
