//! Values of the vocabulary as messages and back, one file per kind.

mod annotation;
mod entitlement;
mod grant;
mod profile;
mod resource;
mod resource_type;
mod status;
mod time;
mod traits;

pub use annotation::{annotation_from_any, annotation_to_any};
pub(crate) use annotation::{from_anys, to_anys};
pub use profile::{profile_from_struct, profile_to_struct};
pub use time::{from_timestamp, to_timestamp};
