//! JSON Web Keys (RFC 7517; RFC 8037 for Ed25519) and their thumbprints (RFC 7638).

use age::ssh::Recipient;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::{InvalidRecipient, ssh};

/// A public key that was read.
pub(crate) struct Key {
    /// Whom it stands for.
    pub(crate) recipient: Recipient,
    /// The members that make the key, in the one form whose hash is the thumbprint.
    pub(crate) canonical: String,
}

/// The members that are looked at. The private ones are only noticed, never kept.
#[derive(Deserialize)]
struct Members {
    kty: String,
    crv: Option<String>,
    x: Option<String>,
    n: Option<String>,
    e: Option<String>,
    d: Option<IgnoredAny>,
    k: Option<IgnoredAny>,
}

/// Reads a public key.
pub(crate) fn read(json: &[u8]) -> Result<Key, InvalidRecipient> {
    let members: Members = serde_json::from_slice(json)
        .map_err(|_| damaged("it is no JSON object with the members of a key"))?;
    if members.d.is_some() || members.k.is_some() {
        return Err(InvalidRecipient::Private);
    }
    match (members.kty.as_str(), members.crv.as_deref()) {
        ("OKP", Some("Ed25519")) => ed25519(members.x.as_deref()),
        ("RSA", _) => rsa(members.e.as_deref(), members.n.as_deref()),
        ("EC", _) => unsupported("elliptic curve keys other than Ed25519"),
        _ => unsupported("JSON Web Keys of this kind"),
    }
}

fn ed25519(x: Option<&str>) -> Result<Key, InvalidRecipient> {
    let point = bytes(x)?.try_into().map_err(|_| damaged("`x` is not 32 bytes"))?;
    let x = BASE64_URL_SAFE_NO_PAD.encode(point);
    Ok(Key {
        recipient: ssh::ed25519(&point)?,
        canonical: format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#),
    })
}

fn rsa(e: Option<&str>, n: Option<&str>) -> Result<Key, InvalidRecipient> {
    let (exponent, modulus) = (number(e)?, number(n)?);
    let e = BASE64_URL_SAFE_NO_PAD.encode(&exponent);
    let n = BASE64_URL_SAFE_NO_PAD.encode(&modulus);
    Ok(Key {
        recipient: ssh::rsa(&exponent, &modulus)?,
        canonical: format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#),
    })
}

/// A positive number without leading zeros, which some writers add.
fn number(member: Option<&str>) -> Result<Vec<u8>, InvalidRecipient> {
    let digits = bytes(member)?.into_iter().skip_while(|digit| *digit == 0);
    let number: Vec<u8> = digits.collect();
    if number.is_empty() {
        return Err(damaged("a number in it is zero"));
    }
    Ok(number)
}

fn bytes(member: Option<&str>) -> Result<Vec<u8>, InvalidRecipient> {
    let text = member.ok_or(damaged("a member that such a key has is absent"))?;
    BASE64_URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| damaged("a member is no base64url"))
}

fn unsupported(kind: &'static str) -> Result<Key, InvalidRecipient> {
    Err(InvalidRecipient::Unsupported { kind })
}

fn damaged(reason: &'static str) -> InvalidRecipient {
    InvalidRecipient::Damaged {
        form: "JSON Web Key",
        reason,
    }
}
