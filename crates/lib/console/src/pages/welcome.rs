//! The link that a new user was sent: choose a password, and come in. The demo's link: come in.

use std::sync::Arc;

use authn::Token;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use governance::{Link, LinkPurpose, OfficeError, Operator, Proof, SessionScope, TokenHash};
use lobby::kept;
use ui::{Button, Field, Form, Html, PageHead};

use super::{go, passwords, sign_in};
use crate::Inner;
use crate::frame::{csrf_of, plain};
use crate::web::{Failed, Fields, Outcome, Visitor};

pub(super) fn router() -> Router<Arc<Inner>> {
    Router::new()
        .route("/welcome/{token}", get(form).post(choose))
        .route("/demo/{token}", get(demo_form).post(demo))
}

async fn good(inner: &Inner, token: &str) -> Result<(TokenHash, Link), Failed> {
    let unknown = Failed::Office(OfficeError::Unknown("link that is good: ask for another one"));
    let Ok(token) = Token::parse(token) else {
        return Err(unknown);
    };
    let hash = kept(&token);
    let link = inner.office.good_link(&hash).await?.ok_or(unknown)?;
    Ok((hash, link))
}

/// Whom a link of this kind is for.
async fn invited(inner: &Inner, token: &str) -> Result<(TokenHash, Operator), Failed> {
    let (hash, link) = good(inner, token).await?;
    let LinkPurpose::Welcome(id) = &link.purpose else {
        return Err(Failed::Office(OfficeError::Unknown("link that is good")));
    };
    let named = inner.office.named(std::slice::from_ref(id)).await?;
    let operator = named.into_iter().next().ok_or(OfficeError::Unknown("user"))?;
    Ok((hash, operator))
}

async fn form(State(inner): State<Arc<Inner>>, Path(token): Path<String>, visitor: Visitor) -> Outcome {
    let (_, operator) = invited(&inner, &token).await?;
    Ok(page(&visitor, &token, &operator, None))
}

fn page(visitor: &Visitor, token: &str, operator: &Operator, trouble: Option<String>) -> Response {
    let form = Form::new(format!("/welcome/{token}"), csrf_of(visitor))
        .field(
            Field::password("password", "Password", "new-password")
                .hint("At least 12 characters. A few words that only you would put together are best.")
                .error(trouble)
                .required()
                .focus(),
        )
        .field(Field::password("again", "Password again", "new-password").required())
        .button(Button::submit("Continue").primary());
    let head = PageHead::new(format!("Welcome, {}", operator.name)).text(format!(
        "Choose a password for {}. A second factor comes next.",
        operator.email
    ));
    plain("Welcome", &Html::from(head).and(form), None)
}

async fn choose(
    State(inner): State<Arc<Inner>>,
    Path(token): Path<String>,
    visitor: Visitor,
    fields: Fields,
) -> Outcome {
    let (hash, operator) = invited(&inner, &token).await?;
    let (typed, again) = (fields.password("password"), fields.password("again"));
    if let Some(trouble) = passwords::trouble(operator.email.as_str(), &typed, &again) {
        return Ok(page(&visitor, &token, &operator, Some(trouble)));
    }
    let password = passwords::hashed(&inner, typed).await?;
    let chosen = inner
        .office
        .choose_password(&visitor.actor(), &hash, password)
        .await?;
    let who = inner.office.who_signs_in(&chosen.email).await?;
    let (operator, kept) = who.ok_or(Failed::Broken("the user is not there"))?;
    sign_in::one_more_step(&inner, &visitor, (&operator, kept), Proof::Password, "/").await
}

async fn demo_form(State(inner): State<Arc<Inner>>, Path(token): Path<String>, visitor: Visitor) -> Outcome {
    good(&inner, &token).await?;
    let form = Form::new(format!("/demo/{token}"), csrf_of(&visitor))
        .button(Button::submit("Look around").primary());
    let head = PageHead::new("A company that does not exist").text(
        "Its Cloudflare account is simulated, and nothing leaves this machine. You are its Super Administrator.",
    );
    Ok(plain("Demo", &Html::from(head).and(form), None))
}

async fn demo(
    State(inner): State<Arc<Inner>>,
    Path(token): Path<String>,
    visitor: Visitor,
    _fields: Fields,
) -> Outcome {
    let (hash, _) = good(&inner, &token).await?;
    let operator = inner.office.enter_demo(&hash).await?;
    let cookie = sign_in::begin(&inner, &visitor, &operator, (SessionScope::Full, Proof::Link)).await?;
    Ok(([(SET_COOKIE, cookie)], go("/")).into_response())
}
