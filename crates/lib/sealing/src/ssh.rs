//! Public keys as OpenSSH writes them (RFC 4253, section 6.6; RFC 8709), which is how age takes Ed25519 and RSA keys.

use age::ssh::{ParseRecipientKeyError, Recipient};
use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;

use crate::InvalidRecipient;

/// How the lines of all kinds of keys begin.
pub(crate) const PREFIX: &str = "ssh-";

const ED25519: &str = "ssh-ed25519";
const RSA: &str = "ssh-rsa";

/// Reads the line of an Ed25519 key, without comment.
///
/// Other kinds never reach the library, which panics on some malformed RSA keys.
pub(crate) fn read(line: &str) -> Result<Recipient, InvalidRecipient> {
    match line.split_once(' ') {
        Some((ED25519, _)) => parse(line).and_then(|key| exactly(line, key)),
        Some((kind, _)) if kind.starts_with(PREFIX) || kind.starts_with("ecdsa-") => {
            let kind = "OpenSSH keys other than `ssh-ed25519`";
            Err(InvalidRecipient::Unsupported { kind })
        }
        _ => Err(InvalidRecipient::Unknown),
    }
}

/// The recipient who holds an Ed25519 key.
pub(crate) fn ed25519(key: &[u8; 32]) -> Result<Recipient, InvalidRecipient> {
    parse(&line(ED25519, &[key]))
}

/// The recipient who holds an RSA key; neither number may have leading zeros.
pub(crate) fn rsa(exponent: &[u8], modulus: &[u8]) -> Result<Recipient, InvalidRecipient> {
    parse(&line(RSA, &[&signed(exponent), &signed(modulus)]))
}

fn parse(line: &str) -> Result<Recipient, InvalidRecipient> {
    match line.parse() {
        Ok(Recipient::SshEd25519(_, point)) if point.is_small_order() => Err(InvalidRecipient::Weak),
        Ok(key) => Ok(key),
        Err(ParseRecipientKeyError::RsaModulusTooSmall) => Err(InvalidRecipient::Weak),
        Err(ParseRecipientKeyError::RsaModulusTooLarge) => {
            let kind = "RSA keys of more than 4096 bits";
            Err(InvalidRecipient::Unsupported { kind })
        }
        Err(_) => Err(damaged()),
    }
}

/// Refuses what stands behind the key, which the library overlooks.
fn exactly(line: &str, key: Recipient) -> Result<Recipient, InvalidRecipient> {
    if key.to_string() == line {
        Ok(key)
    } else {
        Err(damaged())
    }
}

/// The kind and the parts, each behind its length.
fn line(kind: &str, parts: &[&[u8]]) -> String {
    let mut blob = Vec::new();
    for part in std::iter::once(kind.as_bytes()).chain(parts.iter().copied()) {
        let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
        blob.extend(length.to_be_bytes());
        blob.extend(part);
    }
    format!("{kind} {}", BASE64_STANDARD_NO_PAD.encode(blob))
}

/// A positive number with room for the sign.
fn signed(number: &[u8]) -> Vec<u8> {
    let sign = number.first().filter(|first| **first >= 0x80).map(|_| 0);
    sign.into_iter().chain(number.iter().copied()).collect()
}

fn damaged() -> InvalidRecipient {
    InvalidRecipient::Damaged {
        form: "public key",
        reason: "it is no point or number that such a key can be",
    }
}
