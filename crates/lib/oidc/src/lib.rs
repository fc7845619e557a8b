//! Signing in with any `OpenID` Connect provider.
//!
//! A [`Provider`] is discovered once. [`Provider::begin`] makes the address that a browser is sent to, and a [`Flow`]
//! that whoever calls keeps until the browser comes back; [`Provider::finish`] exchanges the code and gives a verified
//! [`Identity`]. Sessions, pages and who may sign in are somebody else's.

mod error;
mod exchange;
mod flow;
mod identity;
mod keys;
mod provider;
mod settings;
mod verify;

pub use error::{Error, TokenFault};
pub use flow::{Beginning, Flow};
pub use identity::Identity;
pub use provider::Provider;
pub use settings::Settings;
