//! Connectors that run beside the service, through the same protocol as those that run elsewhere.
//!
//! Each is a process of its own, so that its faults stay its own. The [`Supervisor`] goes by what is [`Wanted`]: it
//! starts what is wanted, starts again what ended, and stops what is wanted no more. What a process is, a [`Launcher`]
//! knows; what it signs in with comes from [`Keys`] and is good for one life; what it logs goes to a [`LogSink`].
//!
//! A process is given its settings, with all secrets, in the first line of its standard input ([`handover`]). The rest
//! of that pipe is the tie between the two: when it ends, because the service wants that or because the service is no
//! more, the process ends as well.

mod backoff;
mod child;
mod error;
pub mod handover;
mod keeper;
mod keys;
mod launcher;
mod log;
mod supervisor;
#[cfg(test)]
mod tests;
mod wanted;

pub use child::Start;
pub use error::HostingError;
pub use keys::{ClientKey, Keys};
pub use launcher::{Exit, Launched, Launcher, Process};
pub use log::LogSink;
pub use supervisor::{Supervisor, Tools};
pub use wanted::{Hosted, Wanted};
