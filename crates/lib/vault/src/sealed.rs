//! The form of a sealed value: version, key id, nonce, ciphertext with its tag.

use crate::VaultError;
use crate::key::{ID_LENGTH, KeyId};

/// Written first, so that another form can follow this one.
const VERSION: u8 = 1;

/// How many bytes the cipher takes beside a key: so many that chosen at random they never repeat.
pub(crate) const NONCE_LENGTH: usize = 24;

/// How many bytes authenticate the rest.
pub(crate) const TAG_LENGTH: usize = 16;

const HEADER_LENGTH: usize = 1 + ID_LENGTH;

/// A secret that only the ring with its key can open, and only where it belongs. It is safe to store.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    key: KeyId,
    nonce: [u8; NONCE_LENGTH],
    ciphertext: Vec<u8>,
    tag: [u8; TAG_LENGTH],
}

impl Sealed {
    pub(crate) fn new(
        key: KeyId,
        nonce: [u8; NONCE_LENGTH],
        ciphertext: Vec<u8>,
        tag: [u8; TAG_LENGTH],
    ) -> Self {
        Self {
            key,
            nonce,
            ciphertext,
            tag,
        }
    }

    /// Reads what [`Sealed::to_bytes`] wrote. Whether it opens is not known yet.
    ///
    /// # Errors
    /// [`VaultError::NotSealed`] when it is cut off, or of a later version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, VaultError> {
        Self::read(bytes).ok_or(VaultError::NotSealed)
    }

    /// What is stored.
    pub fn to_bytes(&self) -> Vec<u8> {
        [&header(self.key)[..], &self.nonce, &self.ciphertext, &self.tag].concat()
    }

    /// The key that it was sealed with.
    pub fn key_id(&self) -> KeyId {
        self.key
    }

    pub(crate) fn nonce(&self) -> &[u8; NONCE_LENGTH] {
        &self.nonce
    }

    pub(crate) fn ciphertext(&self) -> &[u8] {
        &self.ciphertext
    }

    pub(crate) fn tag(&self) -> &[u8; TAG_LENGTH] {
        &self.tag
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (version, rest) = bytes.split_first()?;
        let (key, rest) = rest.split_first_chunk()?;
        let (nonce, rest) = rest.split_first_chunk()?;
        let (ciphertext, tag) = rest.split_last_chunk()?;
        (*version == VERSION).then(|| Self::new(KeyId::from_bytes(*key), *nonce, ciphertext.to_vec(), *tag))
    }
}

/// What stands before the nonce.
pub(crate) fn header(key: KeyId) -> [u8; HEADER_LENGTH] {
    let mut header = [VERSION; HEADER_LENGTH];
    let (_, id) = header.split_at_mut(1);
    id.copy_from_slice(key.as_bytes());
    header
}

impl std::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sealed")
            .field("key", &self.key)
            .field("bytes", &self.ciphertext.len())
            .finish_non_exhaustive()
    }
}
