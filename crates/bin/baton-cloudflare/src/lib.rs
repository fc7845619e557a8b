//! What makes a program of the Cloudflare connector: its names, its settings, and how it is made from them.
//!
//! The program `baton-cloudflare` is this and nothing else; the control plane runs the same beside itself.

mod connect;
mod credential;
mod definition;

pub use definition::DEFINITION;
