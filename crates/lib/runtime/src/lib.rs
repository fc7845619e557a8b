//! What a long-running program needs: health endpoints, telemetry.
//!
//! Nothing here knows what the program does; it is told how the program is.

mod health;
mod telemetry;

pub use health::{Checks, HealthError, HealthServer, Verdict};
pub use telemetry::{Collector, Metrics, Telemetry, TelemetryError, TelemetrySettings, Trust};
