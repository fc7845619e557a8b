//! Uploaded files: received into a folder of our own, looked into, then kept in an object store.

mod check;
mod incoming;
mod receiving;
mod spool;
mod store;

pub(crate) use check::Wanted;
pub(crate) use incoming::{Incoming, IncomingError, Received};
pub(crate) use receiving::Receiving;
pub use store::{FileStore, FileStoreError};
