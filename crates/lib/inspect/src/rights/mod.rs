//! Entitlements and grants in the words of people: what one may do, where, and why.

mod holding;
mod right;
mod sensitivity;

pub use holding::{Holding, Rights};
pub use right::{Right, RightKind, display_name};
pub use sensitivity::{Class, classes};

#[cfg(test)]
mod tests;
