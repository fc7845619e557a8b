//! A token or key that was pasted. When the form comes back, after a test or with something else to put right, it goes
//! along sealed, so that nobody has to paste it twice and nobody can read it there.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use governance::{Authentication, Seen};
use lobby::{is_plain, opened};
use secrecy::{ExposeSecret as _, SecretString};
use vault::{Context, Sealed};

use super::settings::Typed;
use crate::Inner;
use crate::web::{Failed, Fields, Signed};

/// The field that carries it.
pub(super) const FIELD: &str = "pasted";
/// What it is sealed for.
const PURPOSE: &str = "pasted-secret";

/// Good for this connector, in this session, for this way to authenticate.
fn context(signed: &Signed, seen: &Seen, is_key: bool) -> Context {
    let way = if is_key { "key" } else { "token" };
    let whose = format!("{} {} {way}", seen.connector.id, signed.whose.session.id);
    Context::new(PURPOSE, &whose)
}

/// Seals it for the page that comes back.
pub(super) fn sealed(
    inner: &Inner,
    signed: &Signed,
    seen: &Seen,
    is_key: bool,
    secret: &SecretString,
) -> Result<Option<String>, Failed> {
    let random = inner.lobby.helpers.random.as_ref();
    let sealed = inner
        .lobby
        .keys
        .ring()
        .seal(secret, &context(signed, seen, is_key), random);
    let sealed = sealed.map_err(|_| Failed::Broken("a secret could not be sealed"))?;
    Ok(Some(BASE64_URL_SAFE_NO_PAD.encode(sealed.to_bytes())))
}

/// What the page that came back carried.
fn carried(
    inner: &Inner,
    signed: &Signed,
    seen: &Seen,
    fields: &Fields,
    is_key: bool,
) -> Option<SecretString> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(fields.text(FIELD)).ok()?;
    let sealed = Sealed::from_bytes(&bytes).ok()?;
    inner
        .lobby
        .keys
        .ring()
        .open(&sealed, &context(signed, seen, is_key))
        .ok()
}

/// The token or key that was pasted now or before, or the one that is kept when it goes with the same way.
pub(super) fn secret(
    inner: &Inner,
    signed: &Signed,
    seen: &Seen,
    fields: &Fields,
    typed: &mut Typed,
) -> Result<Option<SecretString>, Failed> {
    let field = if typed.is_key { "api_key" } else { "api_token" };
    let pasted = fields.secret(field);
    if !pasted.expose_secret().is_empty() {
        if !is_plain(&pasted) {
            typed
                .troubles
                .push((field, "It has spaces or signs that none has. Copy it again."));
        }
        return Ok(is_plain(&pasted).then_some(pasted));
    }
    if let Some(carried) = carried(inner, signed, seen, fields, typed.is_key) {
        return Ok(Some(carried));
    }
    let kept = seen
        .settings
        .as_ref()
        .filter(|kept| typed.is_key == matches!(kept.authentication, Authentication::ApiKey { .. }));
    let Some(kept) = kept else {
        typed.troubles.push((field, "Paste it here."));
        return Ok(None);
    };
    let opened = opened(&inner.lobby.keys.ring(), &seen.connector.id, &kept.secret);
    opened
        .map(Some)
        .map_err(|_| Failed::Broken("settings were sealed with another key ring"))
}
