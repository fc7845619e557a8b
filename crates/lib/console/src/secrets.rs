//! Links by which somebody comes in, of which only the hash is kept; and the secrets of one-time codes.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use governance::repository::SealedPlace;
use governance::{Office, OfficeError, Operator, OperatorId, SealedSecret};
use lobby::{context, link_to};
use model::Randomness;
use secrecy::SecretString;
use vault::{Context, KeyRing, Sealed, VaultError};

use crate::Inner;
use crate::web::Failed;

/// What the question to an authenticator is sealed for, until its answer comes.
const CHALLENGE: &str = "passkey-challenge";
/// What a sign-in at a provider is sealed for, while it is on its way.
const SIGN_IN: &str = "sign-in-on-its-way";
/// Why there is no link.
const NO_RANDOMNESS: OfficeError = OfficeError::Conflict("this machine gives no randomness");

/// Makes a link to the first start, unless somebody is there already; the ones before it end.
///
/// # Errors
/// When the machine gives no randomness, or when the store fails.
pub async fn first_start_link(
    office: &Office,
    random: &dyn Randomness,
    address: &str,
) -> Result<Option<SecretString>, OfficeError> {
    let (hash, link) = link_to("set-up", random, address).map_err(|_| NO_RANDOMNESS)?;
    let offered = office.offer_first_start(hash).await?;
    Ok(offered.then_some(link))
}

/// Makes somebody up for a demo, and the link by which they come in.
///
/// # Errors
/// When there is somebody already, when the machine gives no randomness, or when the store fails.
pub async fn demo_link(
    office: &Office,
    random: &dyn Randomness,
    address: &str,
) -> Result<(Operator, SecretString), OfficeError> {
    let (hash, link) = link_to("demo", random, address).map_err(|_| NO_RANDOMNESS)?;
    let operator = office.set_up_demo(hash, "Ada Example", "ada@example.com").await?;
    Ok((operator, link))
}

/// Seals the secret of somebody's one-time codes.
pub(crate) fn seal_second_factor(
    keys: &KeyRing,
    random: &dyn Randomness,
    operator: &OperatorId,
    secret: &SecretString,
) -> Result<SealedSecret, VaultError> {
    let context = context(&SealedPlace::SecondFactor(operator.clone()));
    let sealed = keys.seal(secret, &context, random)?;
    Ok(SealedSecret(sealed.to_bytes()))
}

/// Opens the secret of somebody's one-time codes.
pub(crate) fn open_second_factor(
    keys: &KeyRing,
    operator: &OperatorId,
    secret: &SealedSecret,
) -> Result<SecretString, VaultError> {
    let sealed = Sealed::from_bytes(&secret.0)?;
    keys.open(&sealed, &context(&SealedPlace::SecondFactor(operator.clone())))
}

/// Seals what proves us to the provider with that address: it is shown to no other.
pub(crate) fn seal_client_secret(
    inner: &Inner,
    issuer: &str,
    secret: &SecretString,
) -> Result<SealedSecret, Failed> {
    let context = context(&SealedPlace::SignOn(issuer.to_owned()));
    let sealed = inner
        .lobby
        .keys
        .ring()
        .seal(secret, &context, inner.lobby.helpers.random.as_ref());
    let sealed = sealed.map_err(|_| Failed::Broken("a secret could not be sealed"))?;
    Ok(SealedSecret(sealed.to_bytes()))
}

/// Opens what proves us to that provider.
pub(crate) fn open_client_secret(
    inner: &Inner,
    issuer: &str,
    secret: &SealedSecret,
) -> Result<SecretString, VaultError> {
    let sealed = Sealed::from_bytes(&secret.0)?;
    inner
        .lobby
        .keys
        .ring()
        .open(&sealed, &context(&SealedPlace::SignOn(issuer.to_owned())))
}

/// Seals a sign-in at that provider for the browser that began it.
pub(crate) fn seal_sign_in(inner: &Inner, issuer: &str, text: &SecretString) -> Result<String, Failed> {
    carried(inner, &Context::new(SIGN_IN, issuer), text)
}

/// Opens it again.
pub(crate) fn open_sign_in(inner: &Inner, issuer: &str, text: &str) -> Option<SecretString> {
    brought_back(inner, &Context::new(SIGN_IN, issuer), text)
}

/// Seals a question to an authenticator for the page that asks it.
pub(crate) fn seal_challenge(inner: &Inner, question: &str, text: &SecretString) -> Result<String, Failed> {
    carried(inner, &Context::new(CHALLENGE, question), text)
}

/// Opens it again.
pub(crate) fn open_challenge(inner: &Inner, question: &str, text: &str) -> Option<SecretString> {
    brought_back(inner, &Context::new(CHALLENGE, question), text)
}

/// Sealed for a browser that brings it back.
fn carried(inner: &Inner, context: &Context, text: &SecretString) -> Result<String, Failed> {
    let sealed = inner
        .lobby
        .keys
        .ring()
        .seal(text, context, inner.lobby.helpers.random.as_ref());
    let sealed = sealed.map_err(|_| Failed::Broken("what a browser is to bring back could not be sealed"))?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(sealed.to_bytes()))
}

fn brought_back(inner: &Inner, context: &Context, text: &str) -> Option<SecretString> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
    let sealed = Sealed::from_bytes(&bytes).ok()?;
    inner.lobby.keys.ring().open(&sealed, context).ok()
}
