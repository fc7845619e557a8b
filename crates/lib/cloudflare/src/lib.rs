//! The typed Cloudflare v4 API: requests as values, types, paging, errors with code and hint.

pub mod ids;
pub mod types;

mod decode;
mod open_enum;

pub use ids::*;
