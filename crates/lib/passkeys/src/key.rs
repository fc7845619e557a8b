//! The public half of a credential (COSE, RFC 9053).

use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};

use crate::Fault;
use crate::cbor::Value;

const ES256: i64 = -7;
const EDDSA: i64 = -8;
const RS256: i64 = -257;

/// What browsers are told that we accept, as COSE numbers them, the best first.
pub const ALGORITHMS: [i64; 3] = [EDDSA, ES256, RS256];

const ELLIPTIC: i64 = 2;
const OCTET: i64 = 1;
const RSA: i64 = 3;
const P256: i64 = 1;
const CURVE_25519: i64 = 6;

/// A key that signatures are held against.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublicKey(Kind);

#[derive(Clone, PartialEq, Eq, Debug)]
enum Kind {
    /// A point: one byte for the form, then its two coordinates.
    Es256(Vec<u8>),
    EdDsa(Vec<u8>),
    Rs256 {
        n: Vec<u8>,
        e: Vec<u8>,
    },
}

impl PublicKey {
    /// Reads one as an authenticator writes it, which is also how it is kept.
    ///
    /// # Errors
    /// When it is no key, or one of a kind that is not accepted.
    pub fn parse(cose: &[u8]) -> Result<Self, Fault> {
        let (map, rest) = Value::read(cose)?;
        if !rest.is_empty() {
            return Err(Fault::Malformed("something stands behind the key"));
        }
        let (kind, algorithm) = (map.int_at(1)?, map.int_at(3)?);
        let coordinate = |name: i64| {
            let bytes = map.bytes_at(&Value::Int(name))?;
            (bytes.len() == 32)
                .then_some(bytes)
                .ok_or(Fault::Malformed("a part of the key has another length"))
        };
        match (kind, algorithm) {
            (ELLIPTIC, ES256) if map.int_at(-1)? == P256 => {
                let point = [&[4][..], coordinate(-2)?, coordinate(-3)?].concat();
                Ok(Self(Kind::Es256(point)))
            }
            (OCTET, EDDSA) if map.int_at(-1)? == CURVE_25519 => {
                Ok(Self(Kind::EdDsa(coordinate(-2)?.to_vec())))
            }
            (RSA, RS256) => Ok(Self(Kind::Rs256 {
                n: map.bytes_at(&Value::Int(-1))?.to_vec(),
                e: map.bytes_at(&Value::Int(-2))?.to_vec(),
            })),
            _ => Err(Fault::Algorithm),
        }
    }

    /// Whether it made this signature of this message.
    pub(crate) fn check(&self, message: &[u8], signature: &[u8]) -> Result<(), Fault> {
        let checked = match &self.0 {
            Kind::Es256(point) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(message, signature)
            }
            Kind::EdDsa(key) => UnparsedPublicKey::new(&ED25519, key).verify(message, signature),
            Kind::Rs256 { n, e } => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
            }
        };
        checked.map_err(|_| Fault::Signature)
    }
}
