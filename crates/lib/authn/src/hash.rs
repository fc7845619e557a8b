//! What is kept of a secret that nobody can guess.

use std::fmt;
use std::hash::{Hash, Hasher};

use ring::digest::{SHA256, digest};
use subtle::ConstantTimeEq as _;

/// How many bytes a SHA-256 has.
pub(crate) const HASH_LENGTH: usize = 32;

/// The SHA-256 of a token's text, which is kept instead of it. Comparing two takes the same time whatever they are.
///
/// A hash that is quick to compute is enough here, unlike for passwords: there are too many tokens to try.
#[derive(Clone, Copy, Eq)]
pub struct TokenHash([u8; HASH_LENGTH]);

impl TokenHash {
    /// The hash that [`TokenHash::as_bytes`] gave out.
    pub fn from_bytes(bytes: [u8; HASH_LENGTH]) -> Self {
        Self(bytes)
    }

    /// What is stored, and what a token is found by.
    pub fn as_bytes(&self) -> &[u8; HASH_LENGTH] {
        &self.0
    }

    pub(crate) fn of(text: &[u8]) -> Self {
        let mut hash = [0; HASH_LENGTH];
        hash.iter_mut()
            .zip(digest(&SHA256, text).as_ref())
            .for_each(|(to, from)| *to = *from);
        Self(hash)
    }
}

impl PartialEq for TokenHash {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Hash for TokenHash {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(..)")
    }
}
