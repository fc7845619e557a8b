//! The checklist of a credential's permissions.

mod refused;
mod tokens;
mod trials;
mod world;
