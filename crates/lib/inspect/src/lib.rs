//! What a `.c1z` holds, for people: tables, JSON, exports, findings.
//!
//! [`answer`] answers a [`Question`] about a file on a [`Screen`]. Listings stream, so a file of any size
//! can be looked at; the findings hold a slim picture of one sync in memory.

mod access;
mod account;
mod ask;
mod check;
mod diff;
mod error;
mod export;
mod findings;
#[cfg(test)]
mod fixture;
mod json;
mod listing;
mod look;
mod notes;
mod overview;
mod rights;
mod screen;
mod source;
mod stats;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod wire;

pub use ask::{Form, Format, Held, Question, Sides, Topic, answer};
pub use error::InspectError;
pub use look::{Ink, Look};
pub use overview::overview;
pub use screen::Screen;
pub use table::{Cell, Column, Table, Written};
pub use text::{ago, clean};
