//! What a long-running program needs: health endpoints.
//!
//! Nothing here knows what the program does; it is told how the program is.

mod health;

pub use health::{Checks, HealthError, HealthServer, Verdict};
