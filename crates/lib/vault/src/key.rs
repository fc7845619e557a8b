//! One key of a ring.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use model::{NoRandomness, Randomness};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretBox, SecretString};
use sha2::{Digest as _, Sha256};

/// How many bytes name a key.
pub(crate) const ID_LENGTH: usize = 8;

/// How many bytes a key has.
const KEY_LENGTH: usize = 32;

/// Keeps fingerprints apart from whatever else is a hash of a key.
const FINGERPRINT_OF: &[u8] = b"rollcall vault key";

/// Names a key: the beginning of a hash of it. So a mistyped key is noticed when it is read, and not when the first
/// secret does not open.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId([u8; ID_LENGTH]);

/// A text that names no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no key id: give the 16 characters (0-9, a-f) that stand before the key in the key file")]
pub struct InvalidKeyId;

/// A key and its name.
pub(crate) struct Key {
    id: KeyId,
    bytes: SecretBox<[u8; KEY_LENGTH]>,
}

impl KeyId {
    pub(crate) fn from_bytes(bytes: [u8; ID_LENGTH]) -> Self {
        Self(bytes)
    }

    pub(crate) fn as_bytes(&self) -> &[u8; ID_LENGTH] {
        &self.0
    }

    fn of(key: &[u8; KEY_LENGTH]) -> Self {
        let hash = Sha256::new()
            .chain_update(FINGERPRINT_OF)
            .chain_update(key)
            .finalize();
        let mut id = [0; ID_LENGTH];
        id.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        Self(id)
    }
}

impl Key {
    pub(crate) fn generate(random: &dyn Randomness) -> Result<Self, NoRandomness> {
        let mut bytes = Zeroizing::new([0; KEY_LENGTH]);
        random.fill(bytes.as_mut())?;
        Ok(Self::new(&bytes))
    }

    /// Reads the base64 that [`Key::to_base64`] writes; `None` when it is not that of so many bytes.
    pub(crate) fn from_base64(text: &str) -> Option<Self> {
        let decoded = Zeroizing::new(BASE64_STANDARD.decode(text).ok()?);
        let bytes = Zeroizing::new(<[u8; KEY_LENGTH]>::try_from(decoded.as_slice()).ok()?);
        Some(Self::new(&bytes))
    }

    pub(crate) fn to_base64(&self) -> SecretString {
        BASE64_STANDARD.encode(self.expose()).into()
    }

    pub(crate) fn id(&self) -> KeyId {
        self.id
    }

    pub(crate) fn expose(&self) -> &[u8; KEY_LENGTH] {
        self.bytes.expose_secret()
    }

    fn new(bytes: &[u8; KEY_LENGTH]) -> Self {
        Self {
            id: KeyId::of(bytes),
            bytes: SecretBox::init_with_mut(|to: &mut [u8; KEY_LENGTH]| to.copy_from_slice(bytes)),
        }
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({self})")
    }
}

impl FromStr for KeyId {
    type Err = InvalidKeyId;

    fn from_str(text: &str) -> Result<Self, InvalidKeyId> {
        let number = u64::from_str_radix(text, 16).map_err(|_| InvalidKeyId)?;
        let id = Self(number.to_be_bytes());
        // Read back, since the number could also be written shorter, with a sign or in capitals.
        (id.to_string() == text).then_some(id).ok_or(InvalidKeyId)
    }
}
