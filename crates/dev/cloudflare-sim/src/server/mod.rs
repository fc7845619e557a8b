//! The server: calls, faults, the rate limit, the journal.

mod auth;
mod change;
mod failing;
mod fault;
mod handle;
mod journal;
mod rate;
mod running;
mod trigger;
mod wire;
mod work;

pub use fault::{Fault, Faults};
pub use journal::{Call, Journal};
pub use running::{Running, Sim};
pub use trigger::When;
