//! Signing in (RFC 4954), by PLAIN and by the older LOGIN.

use std::io;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::wire::Wire;

/// Name and password that were given; `None` when they cannot be read, or the connection has ended.
pub(super) async fn given(wire: &mut Wire, arguments: &str) -> io::Result<Option<(String, String)>> {
    let mut words = arguments.split(' ');
    match (words.next(), words.next()) {
        (Some(mechanism), Some(initial)) if mechanism.eq_ignore_ascii_case("PLAIN") => Ok(plain(initial)),
        (Some(mechanism), None) if mechanism.eq_ignore_ascii_case("PLAIN") => {
            Ok(asked(wire, "").await?.as_deref().and_then(plain))
        }
        (Some(mechanism), _) if mechanism.eq_ignore_ascii_case("LOGIN") => login(wire).await,
        _ => Ok(None),
    }
}

async fn login(wire: &mut Wire) -> io::Result<Option<(String, String)>> {
    let name = asked(wire, "Username:").await?.as_deref().and_then(decoded);
    let password = asked(wire, "Password:").await?.as_deref().and_then(decoded);
    Ok(name.zip(password))
}

async fn asked(wire: &mut Wire, question: &str) -> io::Result<Option<String>> {
    wire.say(&format!("334 {}", BASE64_STANDARD.encode(question)))
        .await?;
    wire.line().await
}

/// An identity to act for, the name and the password, each behind a NUL.
fn plain(answer: &str) -> Option<(String, String)> {
    let decoded = decoded(answer)?;
    let mut parts = decoded.split('\0').skip(1);
    Some((parts.next()?.to_owned(), parts.next()?.to_owned()))
}

fn decoded(text: &str) -> Option<String> {
    String::from_utf8(BASE64_STANDARD.decode(text).ok()?).ok()
}
