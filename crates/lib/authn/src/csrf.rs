//! Whether a form was really ours: a page of somebody else's can send a browser's cookie to us, but not read it.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::hmac::{HMAC_SHA256, Key, sign, verify};
use secrecy::SecretString;

use crate::Token;

/// Keeps these values apart from others that a session may once give rise to.
const PURPOSE: &[u8] = b"rollcall csrf v1";

/// What the forms of a session carry: derived from it, so nothing needs to be kept, and it ends with the session.
pub fn csrf_token(session: &Token) -> SecretString {
    let tag = sign(&key(session), PURPOSE);
    BASE64_URL_SAFE_NO_PAD.encode(tag).into()
}

/// Whether a form came from a page of this session.
pub fn csrf_matches(session: &Token, given: &str) -> bool {
    let tag = BASE64_URL_SAFE_NO_PAD.decode(given);
    tag.is_ok_and(|tag| verify(&key(session), PURPOSE, &tag).is_ok())
}

fn key(session: &Token) -> Key {
    Key::new(HMAC_SHA256, session.expose())
}
