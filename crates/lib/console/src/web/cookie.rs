//! The one cookie: the secret of a session. Its name's prefix has browsers refuse it from anybody else.

use authn::{Token, TokenKind};
use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use secrecy::ExposeSecret as _;

/// Its name.
const NAME: &str = "__Host-rollcall";

/// The header that gives a browser its session.
pub(crate) fn session_cookie(token: &Token) -> String {
    let token = token.to_text();
    format!(
        "{NAME}={}; Path=/; Secure; HttpOnly; SameSite=Lax",
        token.expose_secret()
    )
}

/// The header that takes it away.
pub(crate) fn ended_cookie() -> String {
    format!("{NAME}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0")
}

/// The session that a request came with.
pub(super) fn token_of(headers: &HeaderMap) -> Option<Token> {
    let cookies = headers.get_all(COOKIE).iter();
    let mut parts = cookies
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'));
    let text = parts.find_map(|part| part.trim().strip_prefix(NAME)?.strip_prefix('='))?;
    let token = Token::parse(text).ok()?;
    (token.kind() == TokenKind::Session).then_some(token)
}
