//! Passwords: hashed and checked where nobody else waits for it.

use authn::{PasswordHash, PasswordRules, Strength};
use secrecy::{ExposeSecret as _, SecretString};

use crate::Inner;
use crate::frame::PRODUCT;
use crate::web::{Failed, sentence};

/// What is wrong with a new password that was typed twice, if anything is.
pub(super) fn trouble(email: &str, typed: &SecretString, again: &SecretString) -> Option<String> {
    if typed.expose_secret() != again.expose_secret() {
        return Some("The two passwords are not the same.".to_owned());
    }
    let rules = PasswordRules {
        email,
        product: PRODUCT,
    };
    let refused = rules.check(typed).err()?;
    Some(sentence(&refused.to_string()))
}

/// What is kept of a password.
pub(super) async fn hashed(inner: &Inner, password: SecretString) -> Result<String, Failed> {
    let (strength, random) = (
        inner.settings.strength,
        std::sync::Arc::clone(&inner.lobby.helpers.random),
    );
    let hash = tokio::task::spawn_blocking(move || PasswordHash::new(&password, strength, random.as_ref()));
    match hash.await {
        Ok(Ok(hash)) => Ok(hash.to_text()),
        _ => Err(Failed::Broken("a password could not be hashed")),
    }
}

/// How a password was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Checked {
    /// It is another one, or there is none.
    Wrong,
    /// It is this one.
    Right,
    /// It is this one, and its hash was made with less work than is asked for today.
    RightButWeak,
}

/// Whether it is this password. It takes as long when there is none.
pub(super) async fn check(
    strength: Strength,
    kept: Option<&str>,
    typed: SecretString,
) -> Result<Checked, Failed> {
    let kept = kept.map(PasswordHash::parse);
    let checked = tokio::task::spawn_blocking(move || match kept {
        Some(Ok(hash)) if hash.verify(&typed) && hash.needs_rehash(strength) => Checked::RightButWeak,
        Some(Ok(hash)) if hash.verify(&typed) => Checked::Right,
        Some(Ok(_)) => Checked::Wrong,
        _ => {
            // Nobody can tell from the time that there is nothing to compare with.
            PasswordHash::decoy(strength).verify(&typed);
            Checked::Wrong
        }
    });
    checked
        .await
        .map_err(|_| Failed::Broken("a password could not be checked"))
}
