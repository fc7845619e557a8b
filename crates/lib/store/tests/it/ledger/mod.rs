//! What people change: written all or not at all, with its entries in the audit trail.

mod audit;
mod commit;
mod keys;
mod letters;
mod passkeys;
mod people;
mod removal;
mod round_trip;
pub(crate) mod sign_on;
mod strategies;
pub(crate) mod world;

pub(crate) use audit::*;
pub(crate) use commit::*;
pub(crate) use keys::*;
pub(crate) use letters::*;
pub(crate) use passkeys::*;
pub(crate) use people::*;
pub(crate) use removal::*;
pub(crate) use round_trip::*;
pub(crate) use sign_on::*;
