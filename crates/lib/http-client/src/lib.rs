//! The one outgoing HTTP client: auth, timeouts, retry, rate budget, redaction.
//!
//! It exists so that no other crate has to know how to survive the network. [`Client::send`] takes a request as a
//! value and gives the answer, whatever its status; in between it keeps to the rate limit, repeats what is safe
//! to repeat, and obeys a server that asks to wait. Nothing here knows whose API it talks to.

mod authorities;
mod budget;
mod client;
mod error;
mod jitter;
mod observer;
mod options;
mod rate_limit;
mod reqwest_transport;
mod retry;
mod transport;

pub use client::Client;
pub use error::Error;
pub use jitter::Jitter;
pub use observer::{Observer, Wait, WaitReason};
pub use options::Options;
pub use rate_limit::{InvalidRateLimit, RateLimit};
pub use transport::{Answer, Transport};
