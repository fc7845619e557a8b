//! The key that a program shows.

use authn::{Token, TokenKind};
use http::HeaderMap;
use http::header::AUTHORIZATION;

/// The API key in the one header that is made for it; `None` also when there are several.
pub fn api_key(headers: &HeaderMap) -> Option<Token> {
    let mut all = headers.get_all(AUTHORIZATION).iter();
    let (Some(only), None) = (all.next(), all.next()) else {
        return None;
    };
    let (scheme, text) = only.to_str().ok()?.split_once(' ')?;
    let token = Token::parse(text.trim()).ok()?;
    let is_key = scheme.eq_ignore_ascii_case("bearer") && token.kind() == TokenKind::ApiKey;
    is_key.then_some(token)
}
