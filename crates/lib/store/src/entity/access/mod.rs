//! The tables of who can do what.
//!
//! Within a connector, what is there in a snapshot and in its base has the same number in both.

pub(crate) mod code;
pub(crate) mod entitlement;
pub(crate) mod grant;
pub(crate) mod resource;
pub(crate) mod run_change;
pub(crate) mod run_changes;
pub(crate) mod snapshot;
pub(crate) mod tally;
pub(crate) mod type_counts;
