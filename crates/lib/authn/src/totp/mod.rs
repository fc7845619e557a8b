//! The second factor: six digits that an authenticator app shows (RFC 6238).

mod qr;
mod secret;
mod step;

pub use qr::{UriTooLong, qr_svg};
pub use secret::{InvalidTotpSecret, TotpSecret};
pub use step::Step;
