//! The signed statement by which a connector gets its access token (RFC 7523): a compact JWS (RFC 7515).

mod claims;
mod error;

use chrono::{DateTime, TimeDelta, Utc};
use ring::signature::{ED25519, UnparsedPublicKey};

use crate::{ClientId, ClientSecret, PublicKey, base64url};
use claims::{Audience, Claims, Header};
pub use error::AssertionError;

/// The one algorithm: `EdDSA`, with Ed25519 keys (RFC 8037).
const ALGORITHM: &str = "EdDSA";

/// How long an assertion lasts from now, and how long it says to have lasted already.
const SPAN: TimeDelta = TimeDelta::seconds(120);

/// How far two clocks may be apart.
const LEEWAY: TimeDelta = TimeDelta::seconds(60);

/// The longest that an assertion may last, all in all.
const LONGEST: TimeDelta = TimeDelta::minutes(10);

/// The most bytes that an assertion may have.
const MOST_BYTES: usize = 8 * 1024;

/// Signs an assertion that holds for two minutes.
///
/// The nonce makes it usable once; 16 random bytes.
pub fn sign(client: &ClientId, secret: &ClientSecret, now: DateTime<Utc>, nonce: [u8; 16]) -> String {
    let header = Header {
        alg: ALGORITHM.to_owned(),
        kid: secret.key_id().map(str::to_owned),
        nonce: Some(format!("{:032x}", u128::from_be_bytes(nonce))),
        crit: None,
    };
    let claims = Claims {
        iss: client.as_str().to_owned(),
        sub: client.as_str().to_owned(),
        aud: Audience::One(client.audience().to_owned()),
        exp: (now + SPAN).timestamp(),
        nbf: (now - SPAN).timestamp(),
        iat: now.timestamp(),
    };
    let message = format!("{}.{}", header.encode(), claims.encode());
    let signature = base64url::encode(secret.sign(message.as_bytes()));
    format!("{message}.{signature}")
}

/// An assertion that was read but not verified: whom it claims to be from says which key to verify it with.
#[derive(Clone, Debug)]
pub struct Assertion {
    client_id: ClientId,
    nonce: String,
    claims: Claims,
    message: String,
    signature: Vec<u8>,
}

/// What a verified assertion says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Who made it.
    pub client_id: ClientId,
    /// What makes it usable once: 32 lower-case hexadecimal digits. To be remembered until `expires_at`.
    pub nonce: String,
    /// When it will be refused for its age; what clocks may be apart is in it.
    pub expires_at: DateTime<Utc>,
}

impl Assertion {
    /// Reads an assertion.
    ///
    /// # Errors
    /// When it is malformed, of another kind, or contradicts itself.
    pub fn parse(text: &str) -> Result<Self, AssertionError> {
        if text.len() > MOST_BYTES {
            return Err(AssertionError::TooLarge);
        }
        let (message, signature) = text.rsplit_once('.').ok_or(AssertionError::Form)?;
        let (header, claims) = message.split_once('.').ok_or(AssertionError::Form)?;
        let nonce = Header::decode(header)?.checked_nonce()?;
        let claims = Claims::decode(claims)?;
        if claims.sub != claims.iss {
            return Err(AssertionError::Subject);
        }
        Ok(Self {
            client_id: ClientId::parse(&claims.iss).map_err(AssertionError::Issuer)?,
            nonce,
            claims,
            message: message.to_owned(),
            signature: base64url::decode(signature).ok_or(AssertionError::Form)?,
        })
    }

    /// Who is said to have made it.
    pub fn client_id(&self) -> &ClientId {
        &self.client_id
    }

    /// Verifies it with the key of [`Assertion::client_id`]. `audiences` are the names under which we are known:
    /// hosts without port.
    ///
    /// # Errors
    /// When the signature is not by that key, or it is not for us, or not for now.
    pub fn verify(
        self,
        key: &PublicKey,
        audiences: &[&str],
        now: DateTime<Utc>,
    ) -> Result<Verified, AssertionError> {
        UnparsedPublicKey::new(&ED25519, &key.0)
            .verify(self.message.as_bytes(), &self.signature)
            .map_err(|_| AssertionError::Signature)?;
        if !self.claims.aud.names_one_of(audiences) {
            return Err(AssertionError::Audience);
        }
        Ok(Verified {
            expires_at: self.claims.check_times(now)? + LEEWAY,
            client_id: self.client_id,
            nonce: self.nonce,
        })
    }
}

#[cfg(test)]
mod tests;
