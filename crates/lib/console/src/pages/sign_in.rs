//! Signing in and out: address and password or what a provider says, then a code.

use std::sync::Arc;

use authn::{RecoveryCodes, Step, TokenKind, TotpSecret};
use axum::Router;
use axum::extract::{Query, State};
use axum::http::header::SET_COOKIE;
use axum::response::IntoResponse as _;
use axum::routing::{get, post};
use governance::{Email, NewSession, Operator, Proof, SecondFactor, SessionScope, SignIn};
use lobby::new_token;
use ui::{Button, Field, Form, Html, PageHead};

use super::passwords::{self, Checked};
use super::{go, passkeys, second_factor};
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
    pub(super) to: String,
}

impl To {
    /// Only to a page of ours. Browsers leave out tabs and line feeds, and take `\` for `/`.
    pub(super) fn path(text: &str) -> &str {
        let is_plain = !text.contains(|c: char| c == '\\' || c.is_control());
        let is_ours = is_plain && text.starts_with('/') && !text.starts_with("//");
        if is_ours { text } else { "/" }
    }
}

async fn form(State(inner): State<Arc<Inner>>, Query(to): Query<To>, visitor: Visitor) -> Outcome {
    if inner.office.is_new().await? {
        return Ok(plain("Set up", &not_set_up(), None));
    }
    page(&inner, &visitor, "", To::path(&to.to), None).await
}

fn not_set_up() -> Html {
    Html::from(PageHead::new("Almost there").text(
        "Nobody has set this console up yet. Open the link that the service printed when it was started.",
    ))
}

pub(super) async fn page(
    inner: &Inner,
    visitor: &Visitor,
    email: &str,
    to: &str,
    trouble: Option<&str>,
) -> Outcome {
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
    let passkey = passkeys::sign_in_form(inner, csrf_of(visitor), to)?;
    let mut body = Html::from(PageHead::new("Sign in")).and(form).and(passkey);
    if let Some(sign_on) = inner.office.offered_sign_on().await? {
        body = body.and(Button::link(
            format!("Sign in with {}", sign_on.name),
            format!("/sign-in/sso?to={}", encoded(to)),
        ));
    }
    let foot = "No account? Ask who runs this Rollcall.";
    Ok(plain("Sign in", &body, Some(foot)))
}

fn encoded(to: &str) -> String {
    form_urlencoded::byte_serialize(to.as_bytes()).collect()
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
        return page(&inner, &visitor, &typed, to, Some(WRONG)).await;
    };
    let mut sign_in = sign_in.clone();
    if checked == Checked::RightButWeak {
        sign_in.password = Some(passwords::hashed(&inner, fields.password("password")).await?);
        inner.office.keep_sign_in(operator, sign_in.clone()).await?;
    }
    one_more_step(&inner, &visitor, (operator, sign_in), Proof::Password, to).await
}

pub(super) fn allow(inner: &Inner, visitor: &Visitor) -> bool {
    let from = visitor.from.as_deref().unwrap_or("unknown");
    inner.rates.allow(from, inner.office.now())
}

/// Somebody showed who they are: now the code, or first something to make codes with.
pub(super) async fn one_more_step(
    inner: &Inner,
    visitor: &Visitor,
    (operator, sign_in): (&Operator, SignIn),
    proof: Proof,
    to: &str,
) -> Outcome {
    let codes = sign_in.second.as_ref().is_some_and(SecondFactor::is_confirmed);
    let has_second = codes || !inner.office.passkeys_of(&operator.id).await?.is_empty();
    let scope = if has_second {
        SessionScope::AwaitingCode
    } else {
        SessionScope::SetUpOnly
    };
    if sign_in.second.is_none() {
        let prepared = second_factor::prepared(inner, sign_in)?;
        inner.office.keep_sign_in(operator, prepared).await?;
    }
    let cookie = begin(inner, visitor, operator, (scope, proof)).await?;
    let next = if has_second {
        format!("/sign-in/code?to={}", encoded(to))
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
    (scope, proof): (SessionScope, Proof),
) -> Result<String, Failed> {
    let (token, hash) = new_token(TokenKind::Session, inner.lobby.helpers.random.as_ref())?;
    let new = NewSession {
        token: hash,
        scope,
        proof,
        agent: &visitor.agent,
    };
    let stranger = visitor.stranger();
    inner.office.begin_session(&stranger, operator, new).await?;
    Ok(session_cookie(&token))
}

async fn code_form(State(inner): State<Arc<Inner>>, Query(to): Query<To>, Partly(signed): Partly) -> Outcome {
    match signed.whose.session.scope {
        SessionScope::AwaitingCode => code_page(&inner, &signed, To::path(&to.to), None).await,
        SessionScope::SetUpOnly => Ok(go("/second-factor")),
        SessionScope::Full => Ok(go("/")),
    }
}

pub(super) async fn code_page(inner: &Inner, signed: &Signed, to: &str, trouble: Option<&str>) -> Outcome {
    let passkey = passkeys::second_form(inner, signed, to).await?;
    let kept = inner.office.own_sign_in(&signed.actor).await?;
    let has_app = kept.second.as_ref().is_some_and(SecondFactor::is_confirmed);
    let hint = if has_app {
        "The six digits that your authenticator shows, or one of your recovery codes."
    } else {
        "One of your recovery codes, if your passkey is not at hand."
    };
    let form = Form::new("/sign-in/code", csrf(signed))
        .hidden("to", to)
        .field(
            Field::code("code", "Code")
                .hint(hint)
                .error(trouble)
                .required()
                .focus(),
        )
        .button(Button::submit("Continue").primary());
    let so_far = match signed.whose.session.proof {
        Proof::Password | Proof::Link => "Your password was right.",
        Proof::SingleSignOn | Proof::Passkey => "We know who you are.",
    };
    let body = Html::from(PageHead::new("One more step").text(so_far))
        .and(passkey.map(Html::from).unwrap_or_default())
        .and(form);
    Ok(plain("Code", &body, None))
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
        return code_page(&inner, &signed, to, Some(wrong)).await;
    };
    let (sign_in, used_recovery_code) = passed;
    let actor = visitor.actor();
    inner
        .office
        .sign_in_succeeded(&actor, operator, sign_in, used_recovery_code)
        .await?;
    inner.office.leave_session(&signed.whose.session).await?;
    let proof = signed.whose.session.proof;
    let cookie = begin(&inner, &visitor, operator, (SessionScope::Full, proof)).await?;
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
    if second.is_confirmed()
        && let Some(step) = step(inner, operator, second, fields.text("code"))?
    {
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
    let opened = open_second_factor(&inner.lobby.keys.ring(), &operator.id, &second.secret);
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
