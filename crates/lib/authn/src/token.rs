//! What a browser or a program shows with each request.

use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use model::{NoRandomness, Randomness};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretBox, SecretString};

use crate::TokenHash;

/// How many random bytes a token has.
const LENGTH: usize = 32;

/// What a token is good for. Its text begins accordingly, so that scanners find one that has leaked, and none is taken
/// for another kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A browser that is signed in.
    Session,
    /// A program that uses the API.
    ApiKey,
    /// A link that was given or mailed to somebody, good once.
    Link,
}

/// 256 random bits, shown once to whoever is to have them. Only their hash is kept.
pub struct Token {
    kind: TokenKind,
    secret: SecretBox<[u8; LENGTH]>,
}

/// A text that is no token of ours. It is never repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no session, API key or link of Rollcall: copy it again, all of it")]
pub struct InvalidToken;

impl TokenKind {
    const ALL: [Self; 3] = [Self::Session, Self::ApiKey, Self::Link];

    /// How the texts of such tokens begin.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Session => "rcs_",
            Self::ApiKey => "rck_",
            Self::Link => "rcl_",
        }
    }
}

impl Token {
    /// A new token.
    ///
    /// # Errors
    /// When the machine gives no randomness.
    pub fn generate(kind: TokenKind, random: &dyn Randomness) -> Result<Self, NoRandomness> {
        let mut bytes = Zeroizing::new([0; LENGTH]);
        random.fill(bytes.as_mut())?;
        Ok(Self::new(kind, &bytes))
    }

    /// Reads what [`Token::to_text`] wrote. Whether it is good for anything is not known yet.
    ///
    /// # Errors
    /// When it is of no kind that we make, mistyped or cut off.
    pub fn parse(text: &str) -> Result<Self, InvalidToken> {
        let known = TokenKind::ALL.iter();
        let mut found = known.filter_map(|kind| Some((*kind, text.strip_prefix(kind.prefix())?)));
        let (kind, secret) = found.next().ok_or(InvalidToken)?;
        let decoded = BASE64_URL_SAFE_NO_PAD.decode(secret).map(Zeroizing::new);
        let decoded = decoded.map_err(|_| InvalidToken)?;
        let bytes = <[u8; LENGTH]>::try_from(decoded.as_slice()).map(Zeroizing::new);
        Ok(Self::new(kind, &*bytes.map_err(|_| InvalidToken)?))
    }

    /// The text that is shown once: a prefix and base64url.
    pub fn to_text(&self) -> SecretString {
        let secret = Zeroizing::new(BASE64_URL_SAFE_NO_PAD.encode(self.secret.expose_secret()));
        format!("{}{}", self.kind.prefix(), secret.as_str()).into()
    }

    /// What it is good for.
    pub fn kind(&self) -> TokenKind {
        self.kind
    }

    /// What is kept of it.
    pub fn hash(&self) -> TokenHash {
        TokenHash::of(self.to_text().expose_secret().as_bytes())
    }

    pub(crate) fn expose(&self) -> &[u8] {
        self.secret.expose_secret()
    }

    fn new(kind: TokenKind, bytes: &[u8; LENGTH]) -> Self {
        let secret = SecretBox::init_with_mut(|to: &mut [u8; LENGTH]| to.copy_from_slice(bytes));
        Self { kind, secret }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}
