//! Whole runs, with a scripted connector and real files.

pub(crate) mod support;

mod interruption;
mod limits;
mod refusal;
mod remarks;
mod resume;
mod scope;
mod token;
