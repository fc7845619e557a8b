//! Secrets of connectors, sealed for their place; and tokens, of which only the hash is kept.

use authn::{Token, TokenKind};
use governance::repository::SealedPlace;
use governance::{ConnectorId, SealedSecret, TokenHash};
use model::{NoRandomness, Randomness};
use secrecy::{ExposeSecret as _, SecretString};
use vault::{Context, KeyRing, Sealed, VaultError};

/// What the secret of a connector's settings is sealed for.
const CONNECTOR_SECRET: &str = "connector-secret";
/// What the secret of somebody's one-time codes is sealed for.
const SECOND_FACTOR: &str = "second-factor";
/// What the secret that proves us to a sign-in provider is sealed for.
const CLIENT_SECRET: &str = "sign-on-client-secret";
/// How many characters of a secret are told.
const TOLD: usize = 4;
/// Of a secret that is shorter nothing is told: it would be too much of it.
const SHORTEST: usize = 16;

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

/// What the domain keeps of a token.
pub fn kept(token: &Token) -> TokenHash {
    TokenHash(*token.hash().as_bytes())
}

/// A new token, and what is kept of it.
///
/// # Errors
/// When the machine gives no randomness.
pub fn new_token(kind: TokenKind, random: &dyn Randomness) -> Result<(Token, TokenHash), NoRandomness> {
    let token = Token::generate(kind, random)?;
    let hash = kept(&token);
    Ok((token, hash))
}

/// A link to one of the pages that somebody comes in by, and what is kept of it.
///
/// # Errors
/// When the machine gives no randomness.
pub fn link_to(
    page: &str,
    random: &dyn Randomness,
    address: &str,
) -> Result<(TokenHash, SecretString), NoRandomness> {
    let (token, hash) = new_token(TokenKind::Link, random)?;
    let text = token.to_text();
    let link = format!("https://{address}/{page}/{}", text.expose_secret());
    Ok((hash, link.into()))
}

/// A link by which somebody who was added chooses a password, and what is kept of it.
///
/// # Errors
/// When the machine gives no randomness.
pub fn welcome_link(
    random: &dyn Randomness,
    address: &str,
) -> Result<(TokenHash, SecretString), NoRandomness> {
    link_to("welcome", random, address)
}

/// By what a person tells a secret from another.
pub(crate) fn last_four(secret: &SecretString) -> &str {
    let text = secret.expose_secret();
    let ending = text.len().checked_sub(TOLD).filter(|_| text.len() >= SHORTEST);
    ending.and_then(|from| text.get(from..)).unwrap_or("…")
}
