//! Uploaded files: received into a folder of our own, looked into, then kept in an object store.

mod bring;
mod check;
mod incoming;
mod receiving;
mod spool;
mod store;

pub use bring::{Brought, NotTaken};
pub(crate) use check::Wanted;
pub(crate) use incoming::{Incoming, IncomingError, Received};
pub(crate) use receiving::Receiving;
pub use store::{FileStore, FileStoreError};
