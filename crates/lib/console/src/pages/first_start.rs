//! The first start: whoever has the link that was printed becomes the first Super Administrator.

use std::sync::Arc;

use authn::Token;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use governance::{LinkPurpose, OfficeError, Proof, TokenHash};
use lobby::kept;
use ui::{Button, Field, Form, Html, PageHead};

use super::{passwords, second_factor, sign_in};
use crate::Inner;
use crate::frame::plain;
use crate::web::{Failed, Fields, Outcome, Trouble, Visitor};

pub(super) fn router() -> Router<Arc<Inner>> {
    Router::new().route("/set-up/{token}", get(form).post(set_up))
}

async fn form(State(inner): State<Arc<Inner>>, Path(token): Path<String>) -> Outcome {
    good(&inner, &token).await?;
    Ok(page(&token, ("", ""), &Trouble::none()))
}

/// The hash of a link's secret, if it leads to the first start.
async fn good(inner: &Inner, token: &str) -> Result<TokenHash, Failed> {
    const OVER: &str =
        "link to the first start that is good: the service prints a new one when it is started";
    let unknown = Failed::Office(OfficeError::Unknown(OVER));
    let Ok(token) = Token::parse(token) else {
        return Err(unknown);
    };
    let hash = kept(&token);
    let link = inner.office.good_link(&hash).await?;
    let is_one = link.is_some_and(|link| link.purpose == LinkPurpose::FirstStart);
    is_one.then_some(hash).ok_or(unknown)
}

fn page(token: &str, (name, email): (&str, &str), trouble: &Trouble) -> Response {
    let form = Form::new(format!("/set-up/{token}"), "")
        .field(
            Field::text("name", "Your name")
                .autocomplete("name")
                .value(name)
                .error(trouble.at("name"))
                .required()
                .focus(),
        )
        .field(
            Field::email("email", "E-mail")
                .autocomplete("username")
                .value(email)
                .error(trouble.at("email"))
                .required(),
        )
        .field(
            Field::password("password", "Password", "new-password")
                .hint("At least 12 characters. A few words that only you would put together are best.")
                .error(trouble.at("password"))
                .required(),
        )
        .field(Field::password("again", "Password again", "new-password").required())
        .button(Button::submit("Continue").primary());
    let body = Html::from(PageHead::new("Welcome to Rollcall").text(
        "You are the first one here, and become its Super Administrator: you decide who else may do what.",
    ))
    .and(second_factor::steps(0))
    .and(form);
    plain("Set up", &body, None)
}

async fn set_up(
    State(inner): State<Arc<Inner>>,
    Path(token): Path<String>,
    visitor: Visitor,
    fields: Fields,
) -> Outcome {
    let hash = good(&inner, &token).await?;
    let (name, email) = (fields.text("name"), fields.text("email"));
    let (typed, again) = (fields.password("password"), fields.password("again"));
    if let Some(trouble) = passwords::trouble(email, &typed, &again) {
        return Ok(page(&token, (name, email), &Trouble::with("password", trouble)));
    }
    let password = passwords::hashed(&inner, typed).await?;
    let set_up = inner
        .office
        .set_up(&visitor.actor(), &hash, (name, email), password)
        .await;
    let operator = match set_up {
        Ok(operator) => operator,
        Err(error @ OfficeError::Name(_)) => {
            return Ok(page(&token, (name, email), &Trouble::with("name", &error)));
        }
        Err(error @ OfficeError::Email(_)) => {
            return Ok(page(&token, (name, email), &Trouble::with("email", &error)));
        }
        Err(error) => return Err(error.into()),
    };
    let who = inner.office.who_signs_in(&operator.email).await?;
    let (operator, kept) = who.ok_or(Failed::Broken("the first user is not there"))?;
    sign_in::one_more_step(&inner, &visitor, (&operator, kept), Proof::Password, "/").await
}
