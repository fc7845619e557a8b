//! Signing in and out: address and password, then a code.

use std::sync::Arc;

use authn::{RecoveryCodes, Step, TokenKind, TotpSecret};
use axum::Router;
use axum::extract::{Query, State};
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use governance::{Email, Operator, SecondFactor, SessionScope, SignIn};
use lobby::new_token;
use ui::{Button, Field, Form, Html, PageHead};

use super::passwords::{self, Checked};
use super::{go, second_factor};
use crate::Inner;
use crate::frame::{csrf, csrf_of, plain};
use crate::secrets::open_second_factor;
use crate::web::{Failed, Fields, Outcome, Partly, Signed, Visitor, ended_cookie, session_cookie};

/// What is said of whatever was wrong: who guesses learns nothing.
const WRONG: &str = "The address or the password is not right. After five wrong tries there is a wait.";

pub(super) fn router() -> Router<Arc<Inner>> {
    Router::new()
        .route("/sign-in", get(form).post(sign_in))
        .route("/sign-in/code", get(code_form).post(code))
        .route("/sign-out", post(sign_out))
}

/// Where somebody wanted to go before they had to sign in.
#[derive(Debug, Default, serde::Deserialize)]
pub(super) struct To {
    #[serde(default)]
    to: String,
}

impl To {
    /// Only to a page of ours. Browsers leave out tabs and line feeds, and take `\` for `/`.
    fn path(text: &str) -> &str {
        let is_plain = !text.contains(|c: char| c == '\\' || c.is_control());
        let is_ours = is_plain && text.starts_with('/') && !text.starts_with("//");
        if is_ours { text } else { "/" }
    }
}

async fn form(State(inner): State<Arc<Inner>>, Query(to): Query<To>, visitor: Visitor) -> Outcome {
    if inner.office.is_new().await? {
        return Ok(plain("Set up", &not_set_up(), None));
    }
    Ok(page(&visitor, "", To::path(&to.to), None))
}

fn not_set_up() -> Html {
    Html::from(PageHead::new("Almost there").text(
        "Nobody has set this console up yet. Open the link that the service printed when it was started.",
    ))
}

fn page(visitor: &Visitor, email: &str, to: &str, trouble: Option<&str>) -> Response {
    let mut form = Form::new("/sign-in", csrf_of(visitor));
    if let Some(trouble) = trouble {
        form = form.trouble("", trouble);
    }
    let form = form
        .hidden("to", to)
        .field(
            Field::email("email", "E-mail")
                .autocomplete("username")
                .value(email)
                .required()
                .focus(),
        )
        .field(Field::password("password", "Password", "current-password").required())
        .button(Button::submit("Sign in").primary());
    let body = Html::from(PageHead::new("Sign in")).and(form);
    plain("Sign in", &body, Some("No account? Ask who runs this Rollcall."))
}

async fn sign_in(State(inner): State<Arc<Inner>>, visitor: Visitor, fields: Fields) -> Outcome {
    let typed = fields.text("email").to_owned();
    let to = To::path(fields.text("to"));
    if !allow(&inner, &visitor) {
        return Err(Failed::TooMany);
    }
    let known = match Email::parse(&typed) {
        Ok(email) => inner.office.who_signs_in(&email).await?,
        Err(_) => None,
    };
    let now = inner.office.now();
    let able = known
        .as_ref()
        .filter(|(operator, sign_in)| operator.is_active() && !sign_in.is_locked(now));
    let kept = able.and_then(|(_, sign_in)| sign_in.password.as_deref());
    let checked = passwords::check(inner.settings.strength, kept, fields.password("password")).await?;
    let Some((operator, sign_in)) = able.filter(|_| checked != Checked::Wrong) else {
        let operator = known.as_ref().map(|(operator, _)| operator);
        let actor = visitor.actor();
        inner
            .office
            .sign_in_failed(&actor, &typed, operator, "wrong address or password")
            .await?;
        return Ok(page(&visitor, &typed, to, Some(WRONG)));
    };
    let mut sign_in = sign_in.clone();
    if checked == Checked::RightButWeak {
        sign_in.password = Some(passwords::hashed(&inner, fields.password("password")).await?);
        inner.office.keep_sign_in(operator, sign_in.clone()).await?;
    }
    after_password(&inner, &visitor, operator, sign_in, to).await
}

fn allow(inner: &Inner, visitor: &Visitor) -> bool {
    let from = visitor.from.as_deref().unwrap_or("unknown");
    inner.rates.allow(from, inner.office.now())
}

/// The password was right: now the code, or first something to make codes with.
pub(super) async fn after_password(
    inner: &Inner,
    visitor: &Visitor,
    operator: &Operator,
    sign_in: SignIn,
    to: &str,
) -> Outcome {
    let has_second = sign_in
        .second
        .as_ref()
        .is_some_and(|second| second.confirmed_at.is_some());
    let scope = if has_second {
        SessionScope::AwaitingCode
    } else {
        SessionScope::SetUpOnly
    };
    if sign_in.second.is_none() {
        let prepared = second_factor::prepared(inner, sign_in)?;
        inner.office.keep_sign_in(operator, prepared).await?;
    }
    let cookie = begin(inner, visitor, operator, scope).await?;
    let next = if has_second {
        let to: String = form_urlencoded::byte_serialize(to.as_bytes()).collect();
        format!("/sign-in/code?to={to}")
    } else {
        "/second-factor".to_owned()
    };
    Ok(([(SET_COOKIE, cookie)], go(next)).into_response())
}

/// Begins a session of that scope; gives the cookie for it.
pub(super) async fn begin(
    inner: &Inner,
    visitor: &Visitor,
    operator: &Operator,
    scope: SessionScope,
) -> Result<String, Failed> {
    let made = new_token(TokenKind::Session, inner.lobby.helpers.random.as_ref());
    let (token, hash) = made.map_err(|_| Failed::Broken("this machine gives no randomness"))?;
    inner
        .office
        .begin_session(&visitor.actor(), operator, (hash, scope), &visitor.agent)
        .await?;
    Ok(session_cookie(&token))
}

async fn code_form(Query(to): Query<To>, Partly(signed): Partly) -> Outcome {
    match signed.whose.session.scope {
        SessionScope::AwaitingCode => Ok(code_page(&signed, To::path(&to.to), None)),
        SessionScope::SetUpOnly => Ok(go("/second-factor")),
        SessionScope::Full => Ok(go("/")),
    }
}

fn code_page(signed: &Signed, to: &str, trouble: Option<&str>) -> Response {
    let form = Form::new("/sign-in/code", csrf(signed))
        .hidden("to", to)
        .field(
            Field::code("code", "Code")
                .hint("The six digits that your authenticator shows, or one of your recovery codes.")
                .error(trouble)
                .required()
                .focus(),
        )
        .button(Button::submit("Continue").primary());
    let body = Html::from(PageHead::new("One more step").text("Your password was right.")).and(form);
    plain("Code", &body, None)
}

async fn code(
    State(inner): State<Arc<Inner>>,
    visitor: Visitor,
    Partly(signed): Partly,
    fields: Fields,
) -> Outcome {
    if signed.whose.session.scope != SessionScope::AwaitingCode {
        return Ok(go("/"));
    }
    if !allow(&inner, &visitor) {
        return Err(Failed::TooMany);
    }
    let to = To::path(fields.text("to"));
    let operator = &signed.whose.operator;
    let sign_in = inner.office.own_sign_in(&signed.actor).await?;
    let passed = if sign_in.is_locked(inner.office.now()) {
        None
    } else {
        passes(&inner, operator, &sign_in, &fields).await?
    };
    let Some(passed) = passed else {
        inner
            .office
            .sign_in_failed(
                &visitor.actor(),
                operator.email.as_str(),
                Some(operator),
                "wrong code",
            )
            .await?;
        let wrong = "This code is not right, or was used before. Wait for the next one.";
        return Ok(code_page(&signed, to, Some(wrong)));
    };
    let (sign_in, used_recovery_code) = passed;
    let actor = visitor.actor();
    inner
        .office
        .sign_in_succeeded(&actor, operator, sign_in, used_recovery_code)
        .await?;
    inner.office.leave_session(&signed.whose.session).await?;
    let cookie = begin(&inner, &visitor, operator, SessionScope::Full).await?;
    Ok(([(SET_COOKIE, cookie)], go(to)).into_response())
}

/// What somebody signs in with after this code, and whether it was a recovery code; nothing when it is not right.
async fn passes(
    inner: &Inner,
    operator: &Operator,
    sign_in: &SignIn,
    fields: &Fields,
) -> Result<Option<(SignIn, bool)>, Failed> {
    let Some(second) = &sign_in.second else {
        return Ok(None);
    };
    if let Some(step) = step(inner, operator, second, fields.text("code"))? {
        // Of two that come with the same code at once, one is right.
        let is_first = inner.office.use_step(&operator.id, step.number()).await?;
        let second = SecondFactor {
            last_step: step.number(),
            ..second.clone()
        };
        return Ok(is_first.then(|| (with(sign_in, second), false)));
    }
    let kept = RecoveryCodes::parse(&second.recovery).ok();
    let left = kept.and_then(|codes| codes.spend(&fields.secret("code")));
    let Some(left) = left.map(|left| left.to_text()) else {
        return Ok(None);
    };
    // The same of two that come with one recovery code.
    let is_first = inner
        .office
        .spend_recovery_code(second, &operator.id, &left)
        .await?;
    let second = SecondFactor {
        recovery: left,
        ..second.clone()
    };
    Ok(is_first.then(|| (with(sign_in, second), true)))
}

fn with(sign_in: &SignIn, second: SecondFactor) -> SignIn {
    SignIn {
        second: Some(second),
        ..sign_in.clone()
    }
}

/// The step that a code is of, if it is right and newer than the last.
pub(super) fn step(
    inner: &Inner,
    operator: &Operator,
    second: &SecondFactor,
    code: &str,
) -> Result<Option<Step>, Failed> {
    let opened = open_second_factor(&inner.lobby.keys, &operator.id, &second.secret);
    let opened = opened.map_err(|_| Failed::Broken("a second factor was sealed with another key ring"))?;
    let secret = TotpSecret::parse(&opened).map_err(|_| Failed::Broken("a second factor is none"))?;
    let last = (second.last_step > 0).then(|| Step::from_number(second.last_step));
    Ok(secret.check(code, inner.office.now(), last))
}

async fn sign_out(State(inner): State<Arc<Inner>>, Partly(signed): Partly, _fields: Fields) -> Outcome {
    match signed.whose.session.scope {
        SessionScope::Full => {
            let id = &signed.whose.session.id;
            inner.office.end_session(&signed.actor, id).await?;
        }
        _ => inner.office.leave_session(&signed.whose.session).await?,
    }
    Ok(([(SET_COOKIE, ended_cookie())], go("/sign-in")).into_response())
}
