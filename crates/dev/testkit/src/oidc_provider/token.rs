//! ID tokens, right and wrong.

use ring::hmac;
use serde_json::{Value, json};

use super::key::{text, with};
use super::{CLIENT_ID, Misbehaviour, State};

const HOUR: i64 = 3600;

/// What a browser was sent with.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) redirect: String,
    pub(super) nonce: String,
    pub(super) challenge: String,
}

/// The ID token for who signed in.
pub(super) fn id_token(state: &State, issuer: &str, asked: &Asked) -> String {
    let claims = claims(state, issuer, asked);
    match state.misbehaviour {
        Misbehaviour::Unsigned => format!("{}.", unsigned("none", None, &claims)),
        Misbehaviour::PublicKeyAsSecret => {
            let message = unsigned("HS256", None, &claims);
            let secret = hmac::Key::new(hmac::HMAC_SHA256, &state.key.public_bytes());
            let tag = hmac::sign(&secret, message.as_bytes());
            format!("{message}.{}", text(tag.as_ref()))
        }
        Misbehaviour::Forged => {
            let honest = signed(state, &claims);
            let signature = honest.rsplit('.').next().unwrap_or_default();
            let forged = with(claims, "sub", "somebody-else");
            let name = state.key.algorithm.name();
            format!("{}.{signature}", unsigned(name, Some(&state.key.id()), &forged))
        }
        _ => signed(state, &claims),
    }
}

fn signed(state: &State, claims: &Value) -> String {
    let other = (state.misbehaviour == Misbehaviour::UnpublishedKey).then(|| state.key.next());
    let key = other.as_ref().unwrap_or(&state.key);
    let message = unsigned(key.algorithm.name(), Some(&key.id()), claims);
    format!("{message}.{}", text(&key.sign(message.as_bytes())))
}

fn unsigned(algorithm: &str, key: Option<&str>, claims: &Value) -> String {
    let header = json!({ "alg": algorithm, "typ": "JWT" });
    let header = match key {
        Some(key) => with(header, "kid", key),
        None => header,
    };
    let part = |value: &Value| text(value.to_string().as_bytes());
    format!("{}.{}", part(&header), part(claims))
}

fn claims(state: &State, issuer: &str, asked: &Asked) -> Value {
    let (person, wrong) = (&state.person, state.misbehaviour);
    let made = match wrong {
        Misbehaviour::Expired => state.now - 2 * HOUR,
        Misbehaviour::Future => state.now + HOUR,
        _ => state.now,
    };
    let unless = |fault: Misbehaviour, right: &str, other: &str| {
        let text = if wrong == fault { other } else { right };
        text.to_owned()
    };
    json!({
        "iss": unless(Misbehaviour::OtherIssuer, issuer, "https://other.example.com"),
        "aud": unless(Misbehaviour::WrongAudience, CLIENT_ID, "another-program"),
        "nonce": unless(Misbehaviour::WrongNonce, &asked.nonce, "another-sign-in"),
        "sub": person.subject,
        "iat": made,
        "exp": made + HOUR,
        "auth_time": state.now - 60,
        "amr": person.methods,
        "email": person.email,
        "email_verified": person.email_verified,
        "name": person.name,
    })
}
