//! Recipients as age writes them.

use std::sync::Arc;

use curve25519_dalek::MontgomeryPoint;
use curve25519_dalek::traits::IsIdentity;

use crate::{InvalidRecipient, ssh};

/// How age recipients begin; the post-quantum ones, which the library cannot seal for, go on with `pq1`.
const PREFIX: &str = "age1";
const POST_QUANTUM_PREFIX: &str = "age1pq1";

/// How texts begin that nobody should give away.
const PRIVATE_PREFIXES: [&str; 2] = ["AGE-SECRET-KEY-", "-----BEGIN"];

/// Reads a recipient, which must be written as it would be printed again.
pub(crate) fn read(text: &str) -> Result<Arc<dyn age::Recipient + Send + Sync>, InvalidRecipient> {
    if PRIVATE_PREFIXES
        .iter()
        .any(|prefix| text.trim().starts_with(prefix))
    {
        return Err(InvalidRecipient::Private);
    }
    if text.trim() != text || text.contains(['\r', '\n']) {
        return Err(InvalidRecipient::NotOneLine);
    }
    if text.starts_with(POST_QUANTUM_PREFIX) {
        let kind = "post-quantum age recipients";
        return Err(InvalidRecipient::Unsupported { kind });
    }
    if text.starts_with(PREFIX) {
        return Ok(Arc::new(read_x25519(text)?));
    }
    Ok(Arc::new(ssh::read(text)?))
}

/// The key without what OpenSSH lets stand behind it on the same line.
pub(crate) fn without_comment(text: &str) -> &str {
    if !text.starts_with(ssh::PREFIX) || text.contains(['\r', '\n']) {
        return text;
    }
    let comment = text.match_indices(' ').nth(1);
    comment.map_or(text, |(start, _)| text.get(..start).unwrap_or(text))
}

fn read_x25519(text: &str) -> Result<age::x25519::Recipient, InvalidRecipient> {
    let recipient: age::x25519::Recipient = text.parse().map_err(|_| damaged())?;
    if gives_one_secret(text)? {
        return Err(InvalidRecipient::Weak);
    }
    Ok(recipient)
}

/// Whether the key is one of the few points with which everybody shares the same secret. The library would panic.
fn gives_one_secret(text: &str) -> Result<bool, InvalidRecipient> {
    let (_, key) = bech32::decode(text).map_err(|_| damaged())?;
    let point = MontgomeryPoint(key.try_into().map_err(|_| damaged())?);
    Ok(point.mul_clamped([0; 32]).is_identity())
}

fn damaged() -> InvalidRecipient {
    InvalidRecipient::Damaged {
        form: "age recipient",
        reason: "it is mistyped or cut off",
    }
}
