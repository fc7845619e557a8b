//! Reading a whole listing, page by page, so that nobody is missing and nobody is twice.

mod pages;
mod plan;
mod seen;

pub use pages::{Batch, Pages, Progress};
pub use plan::Outcome;
