//! The keys, and what is done with them.

use std::fmt;

use chacha20poly1305::{AeadInPlace as _, KeyInit as _, XChaCha20Poly1305};
use model::Randomness;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretString};

use crate::key::Key;
use crate::sealed::{NONCE_LENGTH, header};
use crate::{Context, KeyId, Sealed, VaultError};

/// A key that is in no ring yet.
pub struct NewKey(Key);

impl NewKey {
    /// Makes one.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`].
    pub fn generate(random: &dyn Randomness) -> Result<Self, VaultError> {
        Ok(Self(Key::generate(random)?))
    }

    /// Its name.
    pub fn id(&self) -> KeyId {
        self.0.id()
    }
}

impl fmt::Debug for NewKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewKey({})", self.id())
    }
}

/// The keys that secrets are sealed with: the current one seals, and all of them open.
pub struct KeyRing {
    pub(crate) current: Key,
    pub(crate) former: Vec<Key>,
}

impl KeyRing {
    /// A ring of one new key.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`].
    pub fn generate(random: &dyn Randomness) -> Result<Self, VaultError> {
        Ok(Self {
            current: Key::generate(random)?,
            former: Vec::new(),
        })
    }

    /// Adds a new key and makes it the current one. The others still open what they sealed.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`]; the ring is then as it was.
    pub fn rotate(&mut self, random: &dyn Randomness) -> Result<KeyId, VaultError> {
        let new = Key::generate(random)?;
        let id = new.id();
        self.former.insert(0, std::mem::replace(&mut self.current, new));
        Ok(id)
    }

    /// Adds a key that opens and does not seal yet, so that everybody who shares the ring can have it before it is used.
    pub fn add(&mut self, new: NewKey) {
        self.former.insert(0, new.0);
    }

    /// Makes one of the keys the current one. The others still open what they sealed.
    ///
    /// # Errors
    /// [`VaultError::UseUnknown`]; the ring is then as it was.
    pub fn make_current(&mut self, id: &KeyId) -> Result<(), VaultError> {
        if self.current.id() == *id {
            return Ok(());
        }
        let place = self.former.iter().position(|key| key.id() == *id);
        let place = place.ok_or(VaultError::UseUnknown { key: *id })?;
        let new = self.former.remove(place);
        self.former.insert(0, std::mem::replace(&mut self.current, new));
        Ok(())
    }

    /// Forgets a key. What is still sealed with it can never be opened again.
    ///
    /// # Errors
    /// [`VaultError::RetireCurrent`] and [`VaultError::RetireUnknown`]; the ring is then as it was.
    pub fn retire(&mut self, id: &KeyId) -> Result<(), VaultError> {
        if self.current.id() == *id {
            return Err(VaultError::RetireCurrent { key: *id });
        }
        let before = self.former.len();
        self.former.retain(|key| key.id() != *id);
        if self.former.len() == before {
            return Err(VaultError::RetireUnknown { key: *id });
        }
        Ok(())
    }

    /// The key that seals.
    pub fn current_id(&self) -> KeyId {
        self.current.id()
    }

    /// All keys: the current one, then the former ones, newest first.
    pub fn key_ids(&self) -> impl Iterator<Item = KeyId> {
        self.keys().map(Key::id)
    }

    /// Whether a value is sealed with the current key; otherwise [`KeyRing::reseal`] is due.
    pub fn is_current(&self, sealed: &Sealed) -> bool {
        sealed.key_id() == self.current_id()
    }

    /// Seals a secret with the current key. No two results are the same, also for the same secret.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`]; [`VaultError::TooLong`] for a secret of hundreds of gigabytes.
    pub fn seal(
        &self,
        plain: &SecretString,
        context: &Context,
        random: &dyn Randomness,
    ) -> Result<Sealed, VaultError> {
        let mut nonce = [0; NONCE_LENGTH];
        random.fill(&mut nonce)?;
        let id = self.current.id();
        let mut buffer = Zeroizing::new(plain.expose_secret().as_bytes().to_vec());
        let tag = cipher(&self.current)
            .encrypt_in_place_detached(&nonce.into(), &context.associated_data(&header(id)), &mut buffer)
            .map_err(|_| VaultError::TooLong)?;
        Ok(Sealed::new(id, nonce, std::mem::take(&mut *buffer), tag.into()))
    }

    /// Opens a secret in the place that it was sealed for.
    ///
    /// # Errors
    /// [`VaultError::UnknownKey`] when the ring lacks its key; [`VaultError::NotOpened`] when it was altered or is in
    /// the wrong place.
    pub fn open(&self, sealed: &Sealed, context: &Context) -> Result<SecretString, VaultError> {
        let id = sealed.key_id();
        let key = self.keys().find(|key| key.id() == id);
        let key = key.ok_or(VaultError::UnknownKey { key: id })?;
        let mut buffer = Zeroizing::new(sealed.ciphertext().to_vec());
        cipher(key)
            .decrypt_in_place_detached(
                sealed.nonce().into(),
                &context.associated_data(&header(id)),
                &mut buffer,
                sealed.tag().into(),
            )
            .map_err(|_| VaultError::NotOpened)?;
        let plain = std::str::from_utf8(&buffer).map_err(|_| VaultError::NotOpened)?;
        Ok(plain.into())
    }

    /// Seals a secret again, with the current key.
    ///
    /// # Errors
    /// Those of [`KeyRing::open`] and [`KeyRing::seal`].
    pub fn reseal(
        &self,
        sealed: &Sealed,
        context: &Context,
        random: &dyn Randomness,
    ) -> Result<Sealed, VaultError> {
        self.seal(&self.open(sealed, context)?, context, random)
    }

    fn keys(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.current).chain(&self.former)
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let former: Vec<KeyId> = self.former.iter().map(Key::id).collect();
        f.debug_struct("KeyRing")
            .field("current", &self.current_id())
            .field("former", &former)
            .finish_non_exhaustive()
    }
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.expose().into())
}
