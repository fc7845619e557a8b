//! The cookies: the secret of a session, and for some minutes what ties a sign-in at a provider to this browser. The
//! prefix of their names has browsers refuse them from anybody else.

use authn::{Token, TokenKind};
use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use secrecy::ExposeSecret as _;

/// That of a session.
const NAME: &str = "__Host-rollcall";
/// That of a sign-in that is on its way.
const ON_ITS_WAY: &str = "__Host-rollcall-sign-in";

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

/// The header that has a browser bring this along for so many seconds, when a provider sends it back too.
pub(crate) fn cookie_on_its_way(sealed: &str, seconds: i64) -> String {
    format!("{ON_ITS_WAY}={sealed}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={seconds}")
}

/// What a browser brought along from where its sign-in was begun.
pub(crate) fn on_its_way(headers: &HeaderMap) -> Option<&str> {
    named(headers, ON_ITS_WAY)
}

fn named<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let cookies = headers.get_all(COOKIE).iter();
    let mut parts = cookies
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'));
    parts.find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))
}

/// The session that a request came with.
pub(super) fn token_of(headers: &HeaderMap) -> Option<Token> {
    let token = Token::parse(named(headers, NAME)?).ok()?;
    (token.kind() == TokenKind::Session).then_some(token)
}
