//! What the authenticator app and we both know, and the codes that come of it.

use std::fmt;

use chrono::{DateTime, Utc};
use data_encoding::BASE32_NOPAD;
use model::{NoRandomness, Randomness};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use ring::hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, Key, sign};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretBox, SecretString};
use subtle::ConstantTimeEq as _;

use crate::Step;

/// As many bytes as the hash has, as RFC 4226 recommends.
const LENGTH: usize = 20;

/// What stands in a URI without being escaped (RFC 3986, section 2.3).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The secret of a second factor. It is made for SHA-1, six digits and 30 seconds, which is all that every app
/// understands.
pub struct TotpSecret(SecretBox<[u8; LENGTH]>);

/// A text that is no secret of a second factor. It is never repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the stored secret of the second factor is damaged: set the second factor up again")]
pub struct InvalidTotpSecret;

impl TotpSecret {
    /// A new secret.
    ///
    /// # Errors
    /// When the machine gives no randomness.
    pub fn generate(random: &dyn Randomness) -> Result<Self, NoRandomness> {
        let mut bytes = Zeroizing::new([0; LENGTH]);
        random.fill(bytes.as_mut())?;
        Ok(Self::new(&bytes))
    }

    /// Reads what [`TotpSecret::to_text`] wrote.
    ///
    /// # Errors
    /// When it is something else.
    pub fn parse(text: &SecretString) -> Result<Self, InvalidTotpSecret> {
        let decoded = BASE32_NOPAD.decode(text.expose_secret().as_bytes());
        let decoded = decoded.map(Zeroizing::new).map_err(|_| InvalidTotpSecret)?;
        let bytes = <[u8; LENGTH]>::try_from(decoded.as_slice()).map(Zeroizing::new);
        Ok(Self::new(&*bytes.map_err(|_| InvalidTotpSecret)?))
    }

    /// Base32: for whoever cannot scan the picture, and for sealing.
    pub fn to_text(&self) -> SecretString {
        BASE32_NOPAD.encode(self.0.expose_secret()).into()
    }

    /// What authenticator apps read from the picture. The `issuer` is shown above the code, the `account` beside it.
    pub fn otpauth_uri(&self, issuer: &str, account: &str) -> SecretString {
        let (issuer, account) = (label_part(issuer), label_part(account));
        let secret = self.to_text();
        format!(
            "otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}&algorithm=SHA1&digits=6&period=30",
            secret.expose_secret()
        )
        .into()
    }

    /// The code of a step, as the app shows it.
    pub fn code(&self, step: Step) -> String {
        let key = Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, self.0.expose_secret());
        let tag = sign(&key, &step.number().to_be_bytes());
        format!("{:06}", truncated(tag.as_ref()) % 1_000_000)
    }

    /// The step that a typed code belongs to, if it is good now: of this step or one beside it, and of a later one
    /// than was used last, so that a code that somebody looked at over a shoulder is worth nothing. The step is to be
    /// kept as the last used one, in the same transaction that lets the person in.
    pub fn check(&self, typed: &str, now: DateTime<Utc>, last_used: Option<Step>) -> Option<Step> {
        let typed: String = typed
            .chars()
            .filter(|character| !character.is_whitespace())
            .collect();
        let fresh = |step: &Step| last_used.is_none_or(|last| *step > last);
        let steps = Step::at(now).around().into_iter().filter(fresh);
        // All are compared, whichever it is.
        let good: Vec<Step> = steps.filter(|step| is_same(&self.code(*step), &typed)).collect();
        good.first().copied()
    }

    fn new(bytes: &[u8; LENGTH]) -> Self {
        Self(SecretBox::init_with_mut(|to: &mut [u8; LENGTH]| {
            to.copy_from_slice(bytes);
        }))
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(..)")
    }
}

fn is_same(code: &str, typed: &str) -> bool {
    code.as_bytes().ct_eq(typed.as_bytes()).into()
}

/// Four bytes of the hash, from where its last half byte says, without the sign (RFC 4226, section 5.3).
fn truncated(hash: &[u8]) -> u32 {
    let at = hash.last().map_or(0, |last| usize::from(last & 0x0f));
    let four = hash.get(at..).and_then(|rest| rest.first_chunk().copied());
    u32::from_be_bytes(four.unwrap_or_default()) & 0x7fff_ffff
}

/// A colon is what parts issuer and account.
fn label_part(text: &str) -> String {
    utf8_percent_encode(&text.replace(':', " "), ESCAPED).to_string()
}
