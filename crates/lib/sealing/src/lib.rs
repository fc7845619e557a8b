//! Secrets for somebody else: encrypted for the recipients that a request names.

use secrecy::SecretString;

/// Somebody who can open what is sealed for them, known by a public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {}

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
    /// How it is sealed: `baton/jwk/v1` or `baton/age/v1`.
    pub provider: &'static str,
    /// The keys that open it, as the provider names them.
    pub key_ids: Vec<String>,
    /// What the secret is.
    pub label: Label,
    /// The sealed secret, in the provider's encoding.
    pub bytes: Vec<u8>,
}

/// Why a text names no recipient.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a recipient")]
pub struct InvalidRecipient {}

/// Why a secret could not be sealed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the secret could not be sealed")]
pub struct SealError {}

impl Sealed {
    /// The sealed secret as text.
    pub fn base64(&self) -> String {
        String::new()
    }
}

impl Recipient {
    /// Reads what a person or a configuration gives: an age recipient (`age1...`), an OpenSSH public key of the
    /// kinds that age takes, or a public JSON Web Key.
    ///
    /// # Errors
    /// Says what is wrong with the text; never repeats it whole.
    pub fn parse(_text: &str) -> Result<Self, InvalidRecipient> {
        Err(InvalidRecipient {})
    }

    /// Seals a secret.
    ///
    /// # Errors
    /// When the key cannot be used.
    pub fn seal(&self, _label: &Label, _secret: &SecretString) -> Result<Sealed, SealError> {
        Err(SealError {})
    }
}
