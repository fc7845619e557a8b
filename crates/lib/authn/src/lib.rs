//! What proves who somebody is: passwords, second factors, recovery codes, tokens.
//!
//! Values and pure decisions only. Of what a person or a program holds, this crate keeps what tells it apart from
//! anything else, never the thing itself; the one exception is the secret of a second factor, which both sides need.

mod csrf;
mod hash;
mod password;
mod recovery;
mod token;
mod totp;

pub use csrf::{csrf_matches, csrf_token};
pub use hash::TokenHash;
pub use password::{
    InvalidPasswordHash, PasswordError, PasswordHash, PasswordRules, RefusedPassword, Strength,
};
pub use recovery::{InvalidRecoveryCodes, RecoveryCodes};
pub use token::{InvalidToken, Token, TokenKind};
pub use totp::{InvalidTotpSecret, Step, TotpSecret, UriTooLong, qr_svg};
