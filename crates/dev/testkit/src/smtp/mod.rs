//! A real mail server (RFC 5321) on a socket of this machine, which hands what it receives to the test and fails when
//! it is told to.

mod auth;
mod listening;
mod received;
mod session;
mod tls;
mod trouble;
mod wire;

pub use listening::{Options, SmtpServer};
pub use received::Received;
pub use trouble::{Moment, Trouble};
