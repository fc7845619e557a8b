//! Secrets of connectors, sealed for their place; and tokens, of which only the hash is kept.

use authn::{Token, TokenKind};
use governance::{ConnectorId, SealedSecret, TokenHash};
use model::{NoRandomness, Randomness};
use secrecy::{ExposeSecret as _, SecretString};
use vault::{Context, KeyRing, Sealed, VaultError};

/// What the secret of a connector's settings is sealed for.
pub const CONNECTOR_SECRET: &str = "connector-secret";
/// How many characters of a secret are told.
const TOLD: usize = 4;
/// Of a secret that is shorter nothing is told: it would be too much of it.
const SHORTEST: usize = 16;

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
    keys.open(&sealed, &Context::new(CONNECTOR_SECRET, connector.as_str()))
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
    let context = Context::new(CONNECTOR_SECRET, connector.as_str());
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

/// By what a person tells a secret from another.
pub(crate) fn last_four(secret: &SecretString) -> &str {
    let text = secret.expose_secret();
    let ending = text.len().checked_sub(TOLD).filter(|_| text.len() >= SHORTEST);
    ending.and_then(|from| text.get(from..)).unwrap_or("…")
}
