//! What a long-running program needs: health endpoints, telemetry, an orderly end.
//!
//! Nothing here knows what the program does; it is told how the program is.

mod health;
mod stop;
pub mod telemetry;

pub use health::{Checks, HealthError, HealthServer, Verdict};
pub use stop::{Abandoned, Signals, Stop};
