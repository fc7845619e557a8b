//! The sync engine: a pure step machine, an executor, grant expansion, progress.
//!
//! [`run()`] reads an account through a [`connector::Syncer`] into a [`c1z::Draft`] and puts the file in
//! place. The `step` module decides what is read next, the `engine` module does it, and each
//! commit holds rows together with the checkpoint that claims them: whatever interrupts a run, the next
//! one continues there and ends in the same file. The engine knows nothing of any particular source.

mod checkpoint;
mod engine;
mod error;
mod expand;
mod progress;
mod request;
mod run;
mod select;
mod sieve;
mod start;
mod step;
mod targets;
#[cfg(test)]
mod tests;

pub use error::SyncError;
pub use progress::{Event, Progress};
pub use request::{Request, Scope};
pub use run::{Job, Summary, run};

/// Doors for the fuzz targets only.
#[cfg(fuzzing)]
pub mod fuzzing {
    /// Whether a checkpoint is one that a run can be continued from.
    pub fn is_checkpoint(token: &str) -> bool {
        crate::checkpoint::read_token(token).is_ok()
    }
}
