//! The vocabulary of access governance: what a sync reads and a file holds.
//!
//! Plain values only. This crate knows no async, no I/O and no wire format; `proto` converts these
//! values to and from the Baton messages, and everything above speaks in them.

mod annotation;
mod clock;
mod entitlement;
mod grant;
mod ids;
mod ksuid;
mod profile;
mod randomness;
mod resource;

pub use annotation::{Annotation, RawAnnotation, SecretTrait, UserTrait};
pub use clock::{Clock, FixedClock, IdSource, SeededIds};
pub use entitlement::{Entitlement, EntitlementSlug, Purpose};
pub use grant::{Expandable, Grant, GrantSource};
pub use ids::{EntitlementId, GrantId, ObjectId, ParseResourceIdError, ResourceId, ResourceTypeId, SyncId};
pub use ksuid::ksuid;
pub use profile::{Profile, ProfileValue};
pub use randomness::{NoRandomness, Randomness};
pub use resource::{Lifecycle, Resource, ResourceType, Status, Trait};
