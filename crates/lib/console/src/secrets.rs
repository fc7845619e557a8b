//! Secrets of connectors, sealed for their place; and links, of which only the hash is kept.

use authn::{Token, TokenKind};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use governance::repository::SealedPlace;
use governance::{ConnectorId, Office, OfficeError, Operator, OperatorId, SealedSecret, TokenHash};
use model::{NoRandomness, Randomness};
use secrecy::{ExposeSecret as _, SecretString};
use vault::{Context, KeyRing, Sealed, VaultError};

use crate::Inner;
use crate::web::Failed;

/// What the secret of a connector's settings is sealed for.
pub const CONNECTOR_SECRET: &str = "connector-secret";
/// What the secret of somebody's one-time codes is sealed for.
const SECOND_FACTOR: &str = "second-factor";

/// What the secret that proves us to a sign-in provider is sealed for.
const CLIENT_SECRET: &str = "sign-on-client-secret";
/// What the question to an authenticator is sealed for, until its answer comes.
const CHALLENGE: &str = "passkey-challenge";
/// What a sign-in at a provider is sealed for, while it is on its way.
const SIGN_IN: &str = "sign-in-on-its-way";
/// What a secret is sealed for, by where it belongs.
pub fn context(place: &SealedPlace) -> Context {
    match place {
        SealedPlace::Connector(id) => Context::new(CONNECTOR_SECRET, id.as_str()),
        SealedPlace::SecondFactor(id) => Context::new(SECOND_FACTOR, id.as_str()),
        SealedPlace::SignOn(issuer) => Context::new(CLIENT_SECRET, issuer),
    }
}

/// Opens the secret of a connector's settings.
///
/// # Errors
/// When it was not sealed with this ring, or not for this connector.
pub fn opened(
    keys: &KeyRing,
    connector: &ConnectorId,
    secret: &SealedSecret,
) -> Result<SecretString, VaultError> {
    let sealed = Sealed::from_bytes(&secret.0)?;
    keys.open(&sealed, &context(&SealedPlace::Connector(connector.clone())))
}

/// Makes a link to the first start, unless somebody is there already; the ones before it end.
///
/// # Errors
/// When the machine gives no randomness, or when the store fails.
pub async fn first_start_link(
    office: &Office,
    random: &dyn Randomness,
    address: &str,
) -> Result<Option<SecretString>, OfficeError> {
    let Ok(token) = Token::generate(TokenKind::Link, random) else {
        return Err(OfficeError::Conflict("this machine gives no randomness"));
    };
    let text = token.to_text();
    let link = format!("https://{address}/set-up/{}", text.expose_secret());
    let offered = office.offer_first_start(kept(&token)).await?;
    Ok(offered.then(|| link.into()))
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
    let Ok(token) = Token::generate(TokenKind::Link, random) else {
        return Err(OfficeError::Conflict("this machine gives no randomness"));
    };
    let operator = office
        .set_up_demo(kept(&token), "Ada Example", "ada@example.com")
        .await?;
    let text = token.to_text();
    let link = format!("https://{address}/demo/{}", text.expose_secret());
    Ok((operator, link.into()))
}

/// A link by which somebody who was added chooses a password, and what is kept of it.
///
/// # Errors
/// When the machine gives no randomness.
pub fn welcome_link(
    random: &dyn Randomness,
    address: &str,
) -> Result<(TokenHash, SecretString), NoRandomness> {
    let (token, hash) = new_token(TokenKind::Link, random)?;
    let text = token.to_text();
    let link = format!("https://{address}/welcome/{}", text.expose_secret());
    Ok((hash, link.into()))
}

/// What the domain keeps of a token.
pub(crate) fn kept(token: &Token) -> TokenHash {
    TokenHash(*token.hash().as_bytes())
}

/// A new token, and what is kept of it.
pub(crate) fn new_token(
    kind: TokenKind,
    random: &dyn Randomness,
) -> Result<(Token, TokenHash), NoRandomness> {
    let token = Token::generate(kind, random)?;
    let hash = kept(&token);
    Ok((token, hash))
}

/// Seals the secret of a connector's settings.
///
/// # Errors
/// When the machine gives no randomness.
pub fn seal_for_connector(
    keys: &KeyRing,
    random: &dyn Randomness,
    connector: &ConnectorId,
    secret: &SecretString,
) -> Result<SealedSecret, VaultError> {
    let context = context(&SealedPlace::Connector(connector.clone()));
    let sealed = keys.seal(secret, &context, random)?;
    Ok(SealedSecret(sealed.to_bytes()))
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
    let context = Context::new(CLIENT_SECRET, issuer);
    let sealed = inner
        .keys
        .ring()
        .seal(secret, &context, inner.helpers.random.as_ref());
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
        .keys
        .ring()
        .open(&sealed, &Context::new(CLIENT_SECRET, issuer))
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
        .keys
        .ring()
        .seal(text, context, inner.helpers.random.as_ref());
    let sealed = sealed.map_err(|_| Failed::Broken("what a browser is to bring back could not be sealed"))?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(sealed.to_bytes()))
}

fn brought_back(inner: &Inner, context: &Context, text: &str) -> Option<SecretString> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
    let sealed = Sealed::from_bytes(&bytes).ok()?;
    inner.keys.ring().open(&sealed, context).ok()
}
