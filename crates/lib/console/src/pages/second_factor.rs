//! Setting a second factor up, before anything else.

use std::sync::Arc;

use authn::{RecoveryCodes, TotpSecret, qr_svg};
use axum::Router;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use governance::{SecondFactor, SessionScope, SignIn};
use secrecy::{ExposeSecret, SecretString};
use ui::{Button, CopyBox, Drawing, Field, Form, Html, Notice, PageHead, Stepper, Tone};

use super::{go, passkeys, sign_in};
use crate::Inner;
use crate::frame::{PRODUCT, csrf, plain};
use crate::secrets::{open_second_factor, seal_second_factor};
use crate::web::{Failed, Fields, Outcome, Partly, Signed, Visitor};

pub(super) fn router() -> Router<Arc<Inner>> {
    Router::new().route("/second-factor", get(form).post(confirm))
}

/// With a secret for codes, which counts once a code of it was right.
pub(super) fn prepared(inner: &Inner, sign_in: SignIn) -> Result<SignIn, Failed> {
    let random = inner.lobby.helpers.random.as_ref();
    let secret = TotpSecret::generate(random)?;
    let keys = inner.lobby.keys.ring();
    let sealed = seal_second_factor(&keys, random, &sign_in.operator, &secret.to_text());
    let second = SecondFactor {
        secret: sealed.map_err(|_| Failed::Broken("a second factor could not be sealed"))?,
        last_step: 0,
        recovery: String::new(),
        confirmed_at: None,
    };
    Ok(SignIn {
        second: Some(second),
        ..sign_in
    })
}

async fn form(State(inner): State<Arc<Inner>>, Partly(signed): Partly) -> Outcome {
    let Some(second) = pending(&inner, &signed).await? else {
        return Ok(go("/"));
    };
    page(&inner, &signed, &second, None)
}

/// The second factor that is being set up in this session.
pub(super) async fn pending(inner: &Inner, signed: &Signed) -> Result<Option<SecondFactor>, Failed> {
    if signed.whose.session.scope != SessionScope::SetUpOnly {
        return Ok(None);
    }
    // It was set up with a passkey meanwhile.
    if !inner
        .office
        .passkeys_of(&signed.whose.operator.id)
        .await?
        .is_empty()
    {
        return Ok(None);
    }
    let sign_in = inner.office.own_sign_in(&signed.actor).await?;
    Ok(sign_in.second.filter(|second| second.confirmed_at.is_none()))
}

pub(super) fn page(inner: &Inner, signed: &Signed, second: &SecondFactor, trouble: Option<&str>) -> Outcome {
    let operator = &signed.whose.operator;
    let opened = open_second_factor(&inner.lobby.keys.ring(), &operator.id, &second.secret);
    let text = opened.map_err(|_| Failed::Broken("a second factor was sealed with another key ring"))?;
    let secret = TotpSecret::parse(&text).map_err(|_| Failed::Broken("a second factor is none"))?;
    let uri = secret.otpauth_uri(PRODUCT, operator.email.as_str());
    let drawn = qr_svg(&uri, "QR code for your authenticator");
    let drawn = drawn.map_err(|_| Failed::Broken("an address is too long for a QR code"))?;
    let form = Form::new("/second-factor", csrf(signed))
        .field(
            Field::code("code", "Code")
                .hint("The six digits that it shows now.")
                .error(trouble)
                .required(),
        )
        .button(Button::submit("Continue").primary());
    let body = Html::from(PageHead::new("Add your second factor").text(
        "Scan this with an authenticator app, such as the one of your phone or password manager. You will be asked \
         for a code each time you sign in.",
    ))
    .and(steps(1))
    .and(Drawing::of_our_own(drawn.expose_secret()))
    .and(CopyBox::labelled("Or enter this key", text.expose_secret()))
    .and(form)
    .and(passkeys::set_up_form(inner, signed)?);
    Ok(plain("Second factor", &body, None))
}

/// The way from the first link to the console.
pub(super) fn steps(at: usize) -> Stepper {
    Stepper::at("Set-up", ["Account", "Second factor", "Recovery codes"], at)
}

async fn confirm(
    State(inner): State<Arc<Inner>>,
    visitor: Visitor,
    Partly(signed): Partly,
    fields: Fields,
) -> Outcome {
    let Some(second) = pending(&inner, &signed).await? else {
        return Ok(go("/"));
    };
    let operator = &signed.whose.operator;
    let Some(step) = sign_in::step(&inner, operator, &second, fields.text("code"))? else {
        let wrong = "This is not the code that belongs to the key. Is the time of your device right?";
        return page(&inner, &signed, &second, Some(wrong));
    };
    let (codes, kept) = RecoveryCodes::generate(inner.lobby.helpers.random.as_ref())?;
    let second = SecondFactor {
        last_step: step.number(),
        recovery: kept.to_text(),
        confirmed_at: Some(inner.office.now()),
        ..second
    };
    inner.office.keep_second_factor(&signed.actor, second).await?;
    done(&inner, &visitor, &signed, &codes).await
}

/// They are in, and shown their recovery codes.
pub(super) async fn done(
    inner: &Inner,
    visitor: &Visitor,
    signed: &Signed,
    codes: &[SecretString],
) -> Outcome {
    inner.office.leave_session(&signed.whose.session).await?;
    let proof = signed.whose.session.proof;
    let whole = (SessionScope::Full, proof);
    let cookie = sign_in::begin(inner, visitor, &signed.whose.operator, whole).await?;
    Ok(([(SET_COOKIE, cookie)], recovery(codes)).into_response())
}

fn recovery(codes: &[SecretString]) -> Response {
    let lines: Vec<&str> = codes.iter().map(ExposeSecret::expose_secret).collect();
    let body = Html::from(PageHead::new("Keep these codes").text(
        "If you lose your authenticator, each of them lets you in once. Print them, or keep them where you keep \
         passwords.",
    ))
    .and(steps(2))
    .and(Notice::new(Tone::Warn, "They are not shown again"))
    .and(CopyBox::labelled("Recovery codes", lines.join("\n")))
    .and(Button::link("I have kept them", "/").primary());
    plain("Recovery codes", &body, None)
}
