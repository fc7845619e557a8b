//! Changes, against an account with a member of every shape.

mod calls;
mod contention;
mod events;
mod faults;
mod guards;
mod interleavings;
mod invitations;
mod model;
mod shapes;
mod tokens;
mod trials;
pub(crate) mod world;
