//! Changes, against an account with a member of every shape.

mod guards;
mod shapes;
pub(crate) mod world;
