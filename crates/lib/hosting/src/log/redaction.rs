//! Secrets that must not be seen in a log, should they ever get there.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};

/// What stands in place of a secret.
const INSTEAD: &str = "[redacted]";
/// What is shorter is no secret, and its letters may be anywhere.
const SHORTEST: usize = 6;

/// Takes secrets out of texts.
#[derive(Clone, Default)]
pub(crate) struct Redaction(Vec<SecretString>);

impl fmt::Debug for Redaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Redaction of {}", self.0.len())
    }
}

impl Redaction {
    pub(crate) fn new(mut secrets: Vec<SecretString>) -> Self {
        secrets.retain(|secret| secret.expose_secret().len() >= SHORTEST);
        // One may be part of another: the longest goes first.
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.expose_secret().len()));
        Self(secrets)
    }

    pub(super) fn apply(&self, text: String) -> String {
        self.0
            .iter()
            .map(SecretString::expose_secret)
            .fold(text, |text, secret| {
                if text.contains(secret) {
                    text.replace(secret, INSTEAD)
                } else {
                    text
                }
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_taken_out_the_longest_first() {
        let redaction = Redaction::new(["token1", "token1-more", "abc"].map(SecretString::from).into());
        let said = redaction.apply("token1-more, token1 and abc".to_owned());
        assert_eq!(said, "[redacted], [redacted] and abc");
        assert_eq!(format!("{redaction:?}"), "Redaction of 2");
    }
}
