//! Changes, against an account with a member of every shape.

mod calls;
mod contention;
mod faults;
mod guards;
mod shapes;
pub(crate) mod world;
