//! Linking oneself with what a provider says, and unlinking.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use governance::{SessionId, SessionScope, SingleSignOn, Vouched};
use ui::{Button, Card, ConfirmForm, Field, Form, Html, PageHead, Time};

use super::passwords::{self, Checked};
use super::sign_on::{NotSignedOn, begun, refused};
use super::{account, go};
use crate::Inner;
use crate::frame::{csrf, plain};
use crate::sign_on::with;
use crate::web::{Failed, Fields, Outcome, Signed, Trouble, Visitor};

/// The field of the password that one links with.
const PASSWORD: &str = "link-password";

pub(super) fn router() -> Router<Arc<Inner>> {
    Router::new()
        .route("/account/link", post(begin))
        .route("/account/unlink", post(unlink))
}

/// What *Your account* says of it; nothing while it is not offered.
pub(super) async fn card(inner: &Inner, signed: &Signed, trouble: &Trouble) -> Result<Html, Failed> {
    let Some(sign_on) = inner.office.offered_sign_on().await? else {
        return Ok(Html::default());
    };
    let identities = inner.office.own_identities(&signed.actor).await?;
    let kept = inner.office.own_sign_in(&signed.actor).await?;
    let card = match with(&identities, &sign_on) {
        Some(identity) => {
            let said = Html::text(format!("You are linked with {}, since ", sign_on.name))
                .and(Time::ago(identity.linked_at))
                .and(Html::text("."));
            let unlink = kept.password.is_some().then(|| unlink_form(signed, &sign_on));
            Card::new(
                "Single sign-on",
                said.and(unlink.map(Html::from).unwrap_or_default()),
            )
        }
        None => Card::new("Single sign-on", link_form(signed, &sign_on, trouble)).text(format!(
            "Link your account with {}, to sign in there from then on. Your password stays good.",
            sign_on.name
        )),
    };
    Ok(card.into())
}

fn link_form(signed: &Signed, sign_on: &SingleSignOn, trouble: &Trouble) -> Form {
    Form::new("/account/link", csrf(signed))
        .field(
            Field::password(PASSWORD, "Your password here", "current-password")
                .error(trouble.at(PASSWORD))
                .required(),
        )
        .button(Button::submit(format!("Link with {}", sign_on.name)))
}

fn unlink_form(signed: &Signed, sign_on: &SingleSignOn) -> ConfirmForm {
    ConfirmForm::new(
        "unlink",
        "Unlink",
        Button::submit("Unlink").danger(),
        "/account/unlink",
        csrf(signed),
    )
    .question(format!("Unlink from {}?", sign_on.name))
    .text("You sign in with your password from then on.")
}

/// Whoever sits at a browser that somebody else left open has no way to come in later. The page in between is there
/// because no form of ours may lead elsewhere.
async fn begin(State(inner): State<Arc<Inner>>, visitor: Visitor, signed: Signed, fields: Fields) -> Outcome {
    let from = signed.actor.from.as_deref().unwrap_or("unknown");
    if !inner.rates.allow(from, inner.office.now()) {
        return Err(Failed::TooMany);
    }
    let kept = inner.office.own_sign_in(&signed.actor).await?;
    let typed = fields.password(PASSWORD);
    let checked = passwords::check(inner.settings.strength, kept.password.as_deref(), typed).await?;
    if checked == Checked::Wrong {
        let trouble = Trouble::with(PASSWORD, "This is not your password.");
        return account::answer(&inner, &signed, &trouble, Html::default()).await;
    }
    let Some(sign_on) = inner.office.offered_sign_on().await? else {
        return Ok(go("/account"));
    };
    let session = signed.whose.session.id.clone();
    match begun(&inner, &sign_on, "/account", Some(session)).await {
        Ok((address, cookie)) => Ok(([(SET_COOKIE, cookie)], onwards(&sign_on, &address)).into_response()),
        Err(why) => refused(&visitor, why),
    }
}

fn onwards(sign_on: &SingleSignOn, address: &str) -> Response {
    let head = PageHead::new(format!("Link with {}", sign_on.name))
        .text("Sign in there as yourself, within ten minutes and in this browser.");
    let body = Html::from(head)
        .and(Button::link(format!("Go to {}", sign_on.name), address).primary())
        .and(Button::link("Cancel", "/account").quiet());
    plain("Link", &body, None)
}

/// Links whoever began it in this session, and only them.
pub(super) async fn link(
    inner: &Inner,
    visitor: &Visitor,
    session: &SessionId,
    vouched: &Vouched,
) -> Result<Response, NotSignedOn> {
    let is_it = |signed: &&Signed| {
        signed.whose.session.id == *session && signed.whose.session.scope == SessionScope::Full
    };
    let signed = visitor.signed.as_ref().filter(is_it).ok_or(NotSignedOn::Stray)?;
    inner.office.link_identity(&signed.actor, vouched).await?;
    Ok(go("/account"))
}

async fn unlink(State(inner): State<Arc<Inner>>, signed: Signed, _fields: Fields) -> Outcome {
    let sign_on = inner.office.offered_sign_on().await?;
    let identities = inner.office.own_identities(&signed.actor).await?;
    let linked = sign_on.as_ref().and_then(|sign_on| with(&identities, sign_on));
    let linked = linked.ok_or(governance::OfficeError::Unknown("link"))?;
    inner
        .office
        .unlink_identity(&signed.actor, &linked.issuer, &linked.subject)
        .await?;
    Ok(go("/account"))
}
