//! Links by which somebody comes in, of which only the hash is kept; and the secrets of one-time codes.

use authn::{Token, TokenKind};
use governance::{Office, OfficeError, Operator, OperatorId, SealedSecret};
use lobby::kept;
use model::Randomness;
use secrecy::{ExposeSecret as _, SecretString};
use vault::{Context, KeyRing, Sealed, VaultError};

/// What the secret of somebody's one-time codes is sealed for.
const SECOND_FACTOR: &str = "second-factor";

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

/// Seals the secret of somebody's one-time codes.
pub(crate) fn seal_second_factor(
    keys: &KeyRing,
    random: &dyn Randomness,
    operator: &OperatorId,
    secret: &SecretString,
) -> Result<SealedSecret, VaultError> {
    let context = Context::new(SECOND_FACTOR, operator.as_str());
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
    keys.open(&sealed, &Context::new(SECOND_FACTOR, operator.as_str()))
}
