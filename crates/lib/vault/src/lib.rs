//! Secrets at rest: a ring of keys, values sealed under it, change of keys.
//!
//! The ring is kept apart from the database that the sealed values are in. Each value names its key, so keys change
//! without a pause: a new one becomes current, values are sealed again one after the other, and the old key is retired
//! when nothing needs it any more. A value opens only in the place that it was sealed for.

mod context;
mod error;
mod key;
mod live;
mod ring;
mod ring_file;
mod ring_text;
mod sealed;

pub use context::Context;
pub use error::{InvalidRing, VaultError};
pub use key::{InvalidKeyId, KeyId};
pub use live::LiveRing;
pub use ring::{KeyRing, NewKey};
pub use sealed::Sealed;
