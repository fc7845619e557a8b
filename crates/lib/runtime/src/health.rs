//! What those who watch a running program ask it over HTTP: is it alive, ready, well?
//!
//! The paths and the form of the answers are those that connectors of the ecosystem have. The meaning is stricter: an
//! answer tells what the program knows already, so asking costs no call to anybody.

mod answer;
mod error;
mod server;

pub use error::HealthError;
pub use server::HealthServer;

/// How the program is, seen from one side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Whether all is well.
    pub ok: bool,
    /// What there is to say about it, by name. Anybody who reaches the port can read it: no secrets.
    pub details: Vec<(&'static str, String)>,
}

/// What a program knows about itself. It is asked often, so it tells the last known state and waits for nothing.
pub trait Checks: Send + Sync + 'static {
    /// The worst of all that is known.
    fn health(&self) -> Verdict;

    /// Whether the program can do its work: its credentials are accepted, and who it works for is reached.
    fn readiness(&self) -> Verdict;
}
