//! A key made here and now.

use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RSA_PSS_SHA256,
    RsaKeyPair,
};
use rsa::pkcs8::EncodePrivateKey;
use rsa::rand_core::OsRng;
use rsa::traits::PublicKeyParts;
use serde_json::{Value, json};

/// How tokens are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are the names of RFC 7518 and RFC 8037")]
pub enum Algorithm {
    Rs256,
    Ps256,
    Es256,
    EdDsa,
}

impl Algorithm {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Rs256, Self::Ps256, Self::Es256, Self::EdDsa];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Ps256 => "PS256",
            Self::Es256 => "ES256",
            Self::EdDsa => "EdDSA",
        }
    }
}

enum Pair {
    Rsa(Box<RsaKeyPair>),
    Ecdsa(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

/// A key with the number by which it is published.
pub(super) struct Key {
    pub(super) algorithm: Algorithm,
    number: u32,
    pair: Pair,
    public: Value,
}

impl Key {
    #[expect(
        clippy::unwrap_used,
        reason = "a test without a key has nothing to go on with"
    )]
    pub(super) fn new(algorithm: Algorithm, number: u32) -> Self {
        let random = SystemRandom::new();
        let (pair, public) = match algorithm {
            Algorithm::Rs256 | Algorithm::Ps256 => rsa_pair(),
            Algorithm::Es256 => {
                let form = &ECDSA_P256_SHA256_FIXED_SIGNING;
                let document = EcdsaKeyPair::generate_pkcs8(form, &random).unwrap();
                let pair = EcdsaKeyPair::from_pkcs8(form, document.as_ref(), &random).unwrap();
                // One byte for the form, then two coordinates of 32 bytes.
                let (_, point) = pair.public_key().as_ref().split_at(1);
                let (x, y) = point.split_at(32);
                let public = json!({ "kty": "EC", "crv": "P-256", "x": text(x), "y": text(y) });
                (Pair::Ecdsa(pair), public)
            }
            Algorithm::EdDsa => {
                let document = Ed25519KeyPair::generate_pkcs8(&random).unwrap();
                let pair = Ed25519KeyPair::from_pkcs8(document.as_ref()).unwrap();
                let public = json!({ "kty": "OKP", "crv": "Ed25519", "x": text(pair.public_key().as_ref()) });
                (Pair::Ed25519(pair), public)
            }
        };
        Self {
            algorithm,
            number,
            pair,
            public,
        }
    }

    /// Another key of the same kind.
    pub(super) fn next(&self) -> Self {
        Self::new(self.algorithm, self.number + 1)
    }

    pub(super) fn id(&self) -> String {
        format!("key-{}", self.number)
    }

    /// As it is published.
    pub(super) fn published(&self) -> Value {
        let key = with(self.public.clone(), "kid", &self.id());
        with(with(key, "use", "sig"), "alg", self.algorithm.name())
    }

    /// The bytes that everybody knows.
    pub(super) fn public_bytes(&self) -> Vec<u8> {
        self.public.to_string().into_bytes()
    }

    #[expect(
        clippy::unwrap_used,
        reason = "a test without a signature has nothing to go on with"
    )]
    pub(super) fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Ed25519(pair) => pair.sign(message).as_ref().to_vec(),
            Pair::Ecdsa(pair) => pair.sign(&random, message).unwrap().as_ref().to_vec(),
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                let padding: &'static dyn ring::signature::RsaEncoding = match self.algorithm {
                    Algorithm::Ps256 => &RSA_PSS_SHA256,
                    _ => &RSA_PKCS1_SHA256,
                };
                pair.sign(padding, &random, message, &mut signature).unwrap();
                signature
            }
        }
    }
}

#[expect(
    clippy::unwrap_used,
    reason = "a test without a key has nothing to go on with"
)]
fn rsa_pair() -> (Pair, Value) {
    let made = rsa::RsaPrivateKey::new(&mut OsRng, 2048).unwrap();
    let document = made.to_pkcs8_der().unwrap();
    let public = json!({
        "kty": "RSA",
        "n": text(&made.n().to_bytes_be()),
        "e": text(&made.e().to_bytes_be()),
    });
    let pair = RsaKeyPair::from_pkcs8(document.as_bytes()).unwrap();
    (Pair::Rsa(Box::new(pair)), public)
}

/// An object with one more field, or with another value in one.
pub(super) fn with(mut object: Value, name: &str, value: &str) -> Value {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(name.to_owned(), value.into());
    }
    object
}

pub(super) fn text(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key")
            .field("algorithm", &self.algorithm)
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}
