//! Entitlements and grants in the words of people: what one may do, where, and why.

mod holding;
mod right;
mod sensitivity;

pub(crate) use holding::{Holding, Rights};
pub(crate) use right::{Right, RightKind, display_name, spoken};
pub(crate) use sensitivity::{Class, classes};

#[cfg(test)]
mod tests;
