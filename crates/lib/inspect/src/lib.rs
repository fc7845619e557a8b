//! What a `.c1z` holds, for people: tables, JSON, exports, findings.

mod account;
mod findings;
#[cfg(test)]
mod fixture;
mod look;
mod rights;
mod table;
mod text;

pub use look::{Ink, Look};
