//! Who can open a sealed secret, and sealing it.

use std::fmt;
use std::io::Write;
use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::{InvalidRecipient, SealError, age_text, jwk};

/// The provider whose recipients are JSON Web Keys (`EncryptionConfig.jwk_public_key_config`).
pub const JWK_PROVIDER: &str = "baton/jwk/v1";

/// The provider whose recipients are texts of age (`EncryptionConfig.age_recipient_config`).
pub const AGE_PROVIDER: &str = "baton/age/v1";

/// Somebody who can open what is sealed for them, known by a public key.
#[derive(Clone)]
pub struct Recipient {
    provider: &'static str,
    key_id: String,
    key: Arc<dyn age::Recipient + Send + Sync>,
}

/// What a secret is, beside the secret itself (`c1.connector.v2.PlaintextData`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Such as `api_token`.
    pub name: String,
    /// For people.
    pub description: String,
}

/// A secret that only its recipient can read (`c1.connector.v2.EncryptedData`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// How it is sealed: [`JWK_PROVIDER`] or [`AGE_PROVIDER`].
    pub provider: &'static str,
    /// The keys that open it, as the provider names them. [`JWK_PROVIDER`] repeats its one in the deprecated field
    /// `key_id`, [`AGE_PROVIDER`] leaves that empty.
    pub key_ids: Vec<String>,
    /// What the secret is.
    pub label: Label,
    /// An age file; [`JWK_PROVIDER`] writes it in base64.
    pub bytes: Vec<u8>,
}

impl Sealed {
    /// The sealed secret as text: standard base64 over [`Sealed::bytes`], as the JSON of the message has it.
    pub fn base64(&self) -> String {
        BASE64_STANDARD.encode(&self.bytes)
    }
}

impl Recipient {
    /// Reads what a person gives: an age recipient (`age1...`), an OpenSSH public key (`ssh-ed25519 ...`, with or
    /// without a comment), or a public JSON Web Key. Space around it does not matter.
    ///
    /// # Errors
    /// Says what is wrong with the text; never repeats it.
    pub fn parse(text: &str) -> Result<Self, InvalidRecipient> {
        let text = text.trim();
        if text.starts_with('{') {
            return Self::jwk(text.as_bytes());
        }
        Self::age(age_text::without_comment(text))
    }

    /// Reads an age recipient or an OpenSSH public key, written exactly as its owner's tool prints it, since its key
    /// id is the hash of the text. Without a comment.
    ///
    /// # Errors
    /// Says what is wrong with the text; never repeats it.
    pub fn age(text: &str) -> Result<Self, InvalidRecipient> {
        Ok(Self {
            provider: AGE_PROVIDER,
            key_id: hash(text),
            key: age_text::read(text)?,
        })
    }

    /// Reads a public JSON Web Key (RFC 7517) of kind Ed25519 (RFC 8037) or RSA.
    ///
    /// # Errors
    /// Says what is wrong with the key; never repeats it.
    pub fn jwk(json: &[u8]) -> Result<Self, InvalidRecipient> {
        let key = jwk::read(json)?;
        Ok(Self {
            provider: JWK_PROVIDER,
            key_id: hash(&key.canonical),
            key: Arc::new(key.recipient),
        })
    }

    /// Seals a secret. No two results are the same, also for the same secret.
    ///
    /// # Errors
    /// None that a recipient or a secret could cause.
    pub fn seal(&self, label: &Label, secret: &SecretString) -> Result<Sealed, SealError> {
        let file = self.encrypt(secret.expose_secret().as_bytes())?;
        let bytes = if self.provider == JWK_PROVIDER {
            BASE64_STANDARD.encode(file).into_bytes()
        } else {
            file
        };
        Ok(Sealed {
            provider: self.provider,
            key_ids: vec![self.key_id.clone()],
            label: label.clone(),
            bytes,
        })
    }

    fn encrypt(&self, secret: &[u8]) -> Result<Vec<u8>, age::EncryptError> {
        let recipients = std::iter::once(self.key.as_ref() as &dyn age::Recipient);
        let mut file = Vec::new();
        let mut writer = age::Encryptor::with_recipients(recipients)?.wrap_output(&mut file)?;
        writer.write_all(secret)?;
        writer.finish()?;
        Ok(file)
    }
}

/// The key id says which key it is.
impl PartialEq for Recipient {
    fn eq(&self, other: &Self) -> bool {
        (self.provider, &self.key_id) == (other.provider, &other.key_id)
    }
}

impl Eq for Recipient {}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recipient")
            .field("provider", &self.provider)
            .field("key_id", &self.key_id)
            .finish_non_exhaustive()
    }
}

/// SHA-256 in lower-case hexadecimal digits: how both providers name keys.
fn hash(text: &str) -> String {
    format!("{:x}", Sha256::digest(text))
}
