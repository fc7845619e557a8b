//! Passwords: what is kept of them, and which may be chosen.

mod common;
mod hash;
mod rules;
mod strength;

pub use hash::{InvalidPasswordHash, PasswordError, PasswordHash};
pub use rules::{PasswordRules, RefusedPassword};
pub use strength::Strength;

use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretString};
use unicode_normalization::UnicodeNormalization as _;

/// One password for one thing typed: keyboards write `é` as one character or as two (RFC 8265, section 4.2).
fn normalized(password: &SecretString) -> Zeroizing<String> {
    let typed = password.expose_secret();
    // Room for all of it at once, since a text that grows leaves its beginning behind in memory.
    let mut text = Zeroizing::new(String::with_capacity(3 * typed.len()));
    text.extend(typed.nfc());
    text
}
