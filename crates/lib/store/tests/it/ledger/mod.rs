//! What people change: written all or not at all, with its entries in the audit trail.

mod audit;
mod commit;
mod keys;
mod letters;
mod people;
mod removal;
mod round_trip;
mod strategies;
pub(crate) mod world;

pub(crate) use audit::*;
pub(crate) use commit::*;
pub(crate) use keys::*;
pub(crate) use letters::*;
pub(crate) use people::*;
pub(crate) use removal::*;
pub(crate) use round_trip::*;
