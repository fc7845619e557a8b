//! An uploaded file as rows shaped for questions: who can do what, where, and why.
//!
//! [`File`] reads the rows of a sync, portion by portion; [`project()`] gives them to whoever keeps them. Nothing here
//! knows how they are kept.

mod error;
mod file;
mod fingerprint;
mod map;
mod project;

pub use error::ProjectionError;
pub use file::File;
pub use project::{Projected, project};
