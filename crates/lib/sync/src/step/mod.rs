//! The step machine: what has been read, what is next.
//!
//! Pure: an [`Event`] goes in, [`Decision`]s come out, and the executor carries them out. The
//! [`State`] is what a checkpoint holds, so whatever interrupts a run, the next one begins with
//! [`Event::Begun`] on the state of the last commit.
//!
//! Two rules keep an interrupted run equal to an uninterrupted one. A feed that was being read is
//! forgotten and read again from its start. And a feed that was found while reading another one
//! waits until that one is complete, so forgetting a feed can never leave behind what its finds wrote.

mod advance;
mod event;
mod state;
#[cfg(test)]
mod tests;

pub(crate) use event::{Decision, Event, Rules};
pub(crate) use state::{Origin, State};
