//! Things as they are sent and answered.

pub(crate) mod access;
pub(crate) mod apps;
pub(crate) mod audit;
pub(crate) mod changes;
pub(crate) mod connectors;
pub(crate) mod facts;
pub(crate) mod held;
pub(crate) mod people;
pub(crate) mod runs;
pub(crate) mod settings;
mod words;

pub(crate) use words::*;
