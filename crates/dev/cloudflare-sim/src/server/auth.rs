//! Who calls, and whether they may.

use axum::http::{HeaderMap, StatusCode};
use secrecy::ExposeSecret;

use crate::{
    Endpoint, Options, Refusal, WrongAddress,
    answers::envelope::{self, Answer, ApiError},
    endpoint::Route,
    state::{Credential, Holder, State, TokenStatus},
};

/// Finds the credential of a call.
pub(super) fn authenticate<'a>(state: &'a State, headers: &HeaderMap) -> Result<&'a Credential, Answer> {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    match (text("authorization"), text("x-auth-email"), text("x-auth-key")) {
        (Some(bearer), ..) => by_bearer(state, bearer),
        (None, None, None) => Err(envelope::error(
            StatusCode::BAD_REQUEST,
            10001,
            "Unable to authenticate request",
        )),
        (None, email, key) => by_key(state, email.unwrap_or_default(), key.unwrap_or_default()),
    }
}

fn by_bearer<'a>(state: &'a State, header: &str) -> Result<&'a Credential, Answer> {
    let secret = header.strip_prefix("Bearer ").unwrap_or_default();
    let is_known = |c: &&Credential| !is_key(c) && c.secret.expose_secret() == secret;
    if let Some(known) = state.credentials.iter().find(is_known) {
        return Ok(known);
    }
    if looks_like_token(secret) {
        return Err(envelope::error(
            StatusCode::UNAUTHORIZED,
            1000,
            "Invalid API Token",
        ));
    }
    Err(bad_headers(&[(6111, "Invalid format for Authorization header")]))
}

fn by_key<'a>(state: &'a State, email: &str, key: &str) -> Result<&'a Credential, Answer> {
    let holder = Holder::Key {
        email: email.to_owned(),
    };
    let is_known = |c: &&Credential| c.holder == holder && c.secret.expose_secret() == key;
    if let Some(known) = state.credentials.iter().find(is_known) {
        return Ok(known);
    }
    let mut chain = Vec::new();
    if !email.contains('@') {
        chain.push((6102, "Invalid format for X-Auth-Email header"));
    }
    if !looks_like_key(key) {
        chain.push((6103, "Invalid format for X-Auth-Key header"));
    }
    if chain.is_empty() {
        return Err(envelope::error(
            StatusCode::FORBIDDEN,
            9103,
            "Unknown X-Auth-Key or X-Auth-Email",
        ));
    }
    Err(bad_headers(&chain))
}

fn bad_headers(chain: &[(u32, &str)]) -> Answer {
    let error = ApiError::new(6003, "Invalid request headers").with_chain(chain);
    envelope::refuse(StatusCode::BAD_REQUEST, &[error])
}

fn is_key(credential: &Credential) -> bool {
    matches!(credential.holder, Holder::Key { .. })
}

/// 40 characters of the old form, or one of the new prefixes.
fn looks_like_token(secret: &str) -> bool {
    let prefixed = ["cfut_", "cfat_", "cfoat_"]
        .iter()
        .any(|prefix| secret.starts_with(prefix));
    let plain = secret
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    plain && (prefixed || (secret.len() == 40 && !looks_like_key(secret)))
}

/// 37 to 45 hex characters of the old form, or the new prefix.
fn looks_like_key(key: &str) -> bool {
    key.starts_with("cfk_") || ((37..=45).contains(&key.len()) && key.chars().all(|c| c.is_ascii_hexdigit()))
}

/// What the caller gets instead of an answer.
#[derive(Debug)]
pub(super) enum Barrier {
    /// A refusal.
    Refused(Answer),
    /// A listing without entries: some do not refuse.
    Empty,
}

/// Checks that `caller` may call `route`.
pub(super) fn authorize(
    route: &Route<'_>,
    caller: &Credential,
    state: &State,
    options: &Options,
) -> Result<(), Barrier> {
    let endpoint = route.endpoint;
    if let Some(answer) = wrong_kind(endpoint, &caller.holder) {
        return Err(Barrier::Refused(answer));
    }
    if let Some(address) = &caller.refused_at {
        return Err(Barrier::Refused(from_elsewhere(endpoint, address, options)));
    }
    if caller.status != TokenStatus::Active && !is_verify(endpoint) {
        return Err(Barrier::Refused(invalid_token()));
    }
    let foreign = route.account().is_some_and(|account| account != state.account.id);
    let refused = foreign || lacks_super_administrator(route, caller, state);
    if !refused && caller.grants.any_of(endpoint.permissions(route.method)) {
        return Ok(());
    }
    if endpoint.empties_without_permission() {
        return Err(Barrier::Empty);
    }
    Err(Barrier::Refused(forbidden(route, options)))
}

/// What a person's token or key may do, the person must be allowed as well.
fn lacks_super_administrator(route: &Route<'_>, caller: &Credential, state: &State) -> bool {
    if caller.holder == Holder::Account || !route.endpoint.is_for_super_administrators(route.method) {
        return false;
    }
    let mut members = state.members.iter();
    let own = members.find(|member| member.person.user_id == state.user.id);
    own.is_none_or(|own| !state.super_administrators().contains(&own.id.as_str()))
}

/// Refusals that depend on the kind of credential only.
fn wrong_kind(endpoint: Endpoint, holder: &Holder) -> Option<Answer> {
    match holder {
        Holder::Key { .. } => is_verify(endpoint)
            .then(|| envelope::error(StatusCode::BAD_REQUEST, 1001, "Missing \"Authorization\" header")),
        Holder::User => (endpoint == Endpoint::AccountTokenVerify).then(invalid_token),
        Holder::Account if !endpoint.is_for_users() => None,
        Holder::Account => Some(match endpoint {
            Endpoint::Accounts => envelope::error(
                StatusCode::BAD_REQUEST,
                1001,
                "List accounts endpoint does not support account owned tokens.",
            ),
            Endpoint::Memberships => envelope::error(StatusCode::BAD_REQUEST, 9106, "Authentication failed"),
            _ => envelope::error(
                StatusCode::FORBIDDEN,
                9109,
                "Unauthorized to access requested resource",
            ),
        }),
    }
}

fn is_verify(endpoint: Endpoint) -> bool {
    matches!(endpoint, Endpoint::UserTokenVerify | Endpoint::AccountTokenVerify)
}

fn invalid_token() -> Answer {
    envelope::error(StatusCode::UNAUTHORIZED, 1000, "Invalid API Token")
}

/// The refusal of a token that may not be used from the caller's address.
fn from_elsewhere(endpoint: Endpoint, address: &str, options: &Options) -> Answer {
    if is_verify(endpoint) && options.wrong_address == WrongAddress::UnknownToVerify {
        return invalid_token();
    }
    let text = format!("Cannot use the access token from location: {address}");
    envelope::error(StatusCode::FORBIDDEN, 9109, text)
}

fn forbidden(route: &Route<'_>, options: &Options) -> Answer {
    let error = match options.refusal {
        Refusal::Documented => {
            let page = route.endpoint.documentation(route.method);
            ApiError::new(10000, "Forbidden").with_documentation(&page)
        }
        Refusal::Bare => ApiError::new(10000, "Authentication error"),
    };
    envelope::refuse(StatusCode::FORBIDDEN, &[error])
}
