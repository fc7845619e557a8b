//! How a connector runs: flags and configuration, one-shot tasks, progress, exit codes.
//!
//! A program hands a [`Definition`] and its [`Surroundings`] to [`main`] and exits with what comes back.
//! Everything that all connectors have in common is here; nothing here knows any particular one.

mod ability;
mod actions;
mod capabilities;
mod checks;
mod command;
mod commands;
mod definition;
mod error;
mod field;
mod fields;
mod groups;
mod health;
mod input;
mod logging;
mod lookup;
mod messages;
mod oneshot;
mod outcome;
mod problem;
mod profile;
mod program;
mod progress;
mod results;
mod rules;
mod schema;
mod service;
mod settings;
mod summary;
mod system;
mod task;
#[cfg(test)]
mod testing;
mod words;

pub use definition::{Connect, Connected, Definition, Setup, Wait};
pub use field::{Export, Field, Group, Kind, Section};
pub use input::{Environment, Origin, Value, Values};
pub use problem::{Problem, Problems};
pub use program::{Surroundings, main};
pub use progress::bars;
pub use system::{SystemClock, SystemIds, SystemRandomness};
