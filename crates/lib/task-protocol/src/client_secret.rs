//! The key with which a connector proves who it is.

use std::fmt;

use ring::signature::{Ed25519KeyPair, KeyPair};
use secrecy::{ExposeSecret, SecretBox, SecretString};
use serde::{Deserialize, Serialize};

use crate::{PublicKey, base64url};

/// How the secrets that we make begin: a scheme that scanners for leaked secrets know (RFC 8959), and whose it is.
const PREFIX: &str = "secret-token:rollcall";

/// The version that stands between prefix and key.
const VERSION: &str = "v1";

/// A client secret: `<scheme>:<owner>:v1:<key>`, where the key is base64url of a private JSON Web Key (RFC 8037).
pub struct ClientSecret {
    pair: Ed25519KeyPair,
    seed: SecretBox<[u8; 32]>,
    key_id: Option<String>,
}

/// Why a text is no client secret. The text is never repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidClientSecret {
    /// Cut off, or something else altogether.
    #[error("invalid client secret: it does not have four parts with colons between them")]
    Parts,
    /// Of a later time.
    #[error("invalid client secret: its third part is not v1")]
    Version,
    /// Mistyped or cut off.
    #[error("invalid client secret: its fourth part is not base64url without padding")]
    Base64,
    /// Not a key at all.
    #[error("invalid client secret: its fourth part holds no JSON Web Key")]
    Json,
    /// A key, but not one that can sign here.
    #[error("invalid client secret: the key in its fourth part is not an Ed25519 key")]
    Kind,
    /// The public half only, or a damaged one.
    #[error("invalid client secret: the key in its fourth part has no private half of 32 bytes")]
    Private,
    /// Made of two keys.
    #[error("invalid client secret: the public half of its key does not belong to the private half")]
    Mismatch,
}

/// The members of the key that are looked at, in the order in which they are written.
#[derive(Deserialize, Serialize)]
struct Jwk {
    kty: String,
    crv: Option<String>,
    x: Option<String>,
    d: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kid: Option<String>,
}

impl ClientSecret {
    /// Makes a secret of 32 random bytes.
    #[expect(clippy::expect_used, reason = "the only refusal is a seed of another length")]
    pub fn generate(seed: [u8; 32]) -> Self {
        Self {
            pair: Ed25519KeyPair::from_seed_unchecked(&seed).expect("a seed has 32 bytes"),
            seed: SecretBox::new(Box::new(seed)),
            key_id: None,
        }
    }

    /// Reads a secret, whoever made it: the first two parts do not matter.
    ///
    /// # Errors
    /// Says which part is malformed, and never repeats it.
    pub fn parse(text: &str) -> Result<Self, InvalidClientSecret> {
        let mut parts = text.splitn(4, ':').skip(2);
        let (Some(version), Some(key)) = (parts.next(), parts.next()) else {
            return Err(InvalidClientSecret::Parts);
        };
        if version != VERSION {
            return Err(InvalidClientSecret::Version);
        }
        let json = base64url::decode(key).ok_or(InvalidClientSecret::Base64)?;
        let jwk: Jwk = serde_json::from_slice(&json).map_err(|_| InvalidClientSecret::Json)?;
        Self::from_jwk(jwk)
    }

    fn from_jwk(jwk: Jwk) -> Result<Self, InvalidClientSecret> {
        if jwk.kty != "OKP" || jwk.crv.as_deref() != Some("Ed25519") {
            return Err(InvalidClientSecret::Kind);
        }
        let seed: [u8; 32] = bytes(jwk.d.as_deref()).ok_or(InvalidClientSecret::Private)?;
        let public: [u8; 32] = bytes(jwk.x.as_deref()).ok_or(InvalidClientSecret::Mismatch)?;
        let pair = Ed25519KeyPair::from_seed_and_public_key(&seed, &public);
        Ok(Self {
            pair: pair.map_err(|_| InvalidClientSecret::Mismatch)?,
            seed: SecretBox::new(Box::new(seed)),
            key_id: jwk.kid.filter(|id| !id.is_empty()),
        })
    }

    /// The secret as it is shown once to whoever sets a connector up: `secret-token:rollcall:v1:<key>`.
    pub fn to_text(&self) -> SecretString {
        let jwk = Jwk {
            kty: "OKP".to_owned(),
            crv: Some("Ed25519".to_owned()),
            x: Some(self.public_key().to_text()),
            d: Some(base64url::encode(self.seed.expose_secret())),
            kid: self.key_id.clone(),
        };
        let json = serde_json::to_vec(&jwk).unwrap_or_default();
        format!("{PREFIX}:{VERSION}:{}", base64url::encode(json)).into()
    }

    /// What the control plane keeps of it.
    pub fn public_key(&self) -> PublicKey {
        let mut key = [0; 32];
        key.copy_from_slice(self.pair.public_key().as_ref());
        PublicKey(key)
    }

    /// What the maker calls the key, if anything.
    pub(crate) fn key_id(&self) -> Option<&str> {
        self.key_id.as_deref()
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.pair.sign(message).as_ref().to_vec()
    }
}

impl fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientSecret")
            .field("public_key", &self.public_key().to_text())
            .finish_non_exhaustive()
    }
}

fn bytes(member: Option<&str>) -> Option<[u8; 32]> {
    base64url::decode(member?)?.try_into().ok()
}

#[cfg(test)]
mod tests;
