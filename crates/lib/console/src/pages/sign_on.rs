//! Signing in with a provider: to it, and back.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse as _, Response};
use axum::routing::get;
use governance::{OfficeError, Proof, SessionScope, SignOnRefusal, SingleSignOn, Vouched};
use ui::{Button, Html, PageHead};

use super::sign_in::{self, To, allow};
use super::{go, linking};
use crate::Inner;
use crate::frame::plain;
use crate::sign_on::{BACK, OnItsWay, Unasked, provider, vouched};
use crate::web::{Failed, Outcome, Visitor, cookie_on_its_way, on_its_way, sentence};

pub(super) fn router() -> Router<Arc<Inner>> {
    Router::new()
        .route("/sign-in/sso", get(begin))
        .route(BACK, get(back))
}

/// The longest path that is remembered: a browser keeps no large cookie.
const LONGEST_WAY: usize = 1024;

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotSignedOn {
    /// It was not begun in this browser, was ended already, or took too long.
    #[error(
        "this sign-in was not begun in this browser, was used already, or took more than ten minutes: begin again, in one \
         window"
    )]
    Stray,
    /// The person, or the provider, did not want to.
    #[error("you were not signed in at the provider: it says that this was cancelled or not allowed")]
    Cancelled,
    /// The provider cannot be asked, or is not to be believed.
    #[error(
        "the provider cannot be asked, or what it says is not to be believed: try again; if it stays like this, tell \
         whoever runs this Rollcall, whose log says why"
    )]
    Provider(#[from] Unasked),
    /// Whom it vouches for does not come in.
    #[error(transparent)]
    Refused(SignOnRefusal),
    /// There is no answer at all.
    #[error("something went wrong here")]
    Failed(Failed),
}

impl From<Failed> for NotSignedOn {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Office(OfficeError::SignOn(refusal)) => Self::Refused(refusal),
            other => Self::Failed(other),
        }
    }
}

impl From<OfficeError> for NotSignedOn {
    fn from(error: OfficeError) -> Self {
        Failed::from(error).into()
    }
}

impl From<SignOnRefusal> for NotSignedOn {
    fn from(refusal: SignOnRefusal) -> Self {
        Self::Refused(refusal)
    }
}

async fn begin(State(inner): State<Arc<Inner>>, Query(to): Query<To>, visitor: Visitor) -> Outcome {
    if !allow(&inner, &visitor) {
        return Err(Failed::TooMany);
    }
    match to_provider(&inner, To::path(&to.to)).await {
        Ok(answer) => Ok(answer),
        Err(why) => refused(&visitor, why),
    }
}

async fn to_provider(inner: &Inner, to: &str) -> Result<Response, NotSignedOn> {
    let sign_on = inner.office.offered_sign_on().await?.ok_or(SignOnRefusal::Off)?;
    let begun = begun(inner, &sign_on, to, None).await?;
    let (address, cookie) = begun;
    Ok(([(SET_COOKIE, cookie)], go(address)).into_response())
}

/// Begins a sign-in: where the browser is to go, and the cookie that it is to bring back.
pub(super) async fn begun(
    inner: &Inner,
    sign_on: &SingleSignOn,
    to: &str,
    linking: Option<governance::SessionId>,
) -> Result<(String, String), NotSignedOn> {
    let provider = provider(inner, sign_on).await?;
    let begun = provider
        .begin(inner.lobby.helpers.random.as_ref())
        .map_err(Failed::from)?;
    let on_its_way = OnItsWay {
        flow: begun.flow,
        to: if to.len() > LONGEST_WAY { "/" } else { to }.to_owned(),
        linking,
    };
    let (sealed, seconds) = on_its_way.sealed(inner, &sign_on.issuer)?;
    Ok((begun.address.into(), cookie_on_its_way(&sealed, seconds)))
}

/// What the browser comes back with.
#[derive(Debug, serde::Deserialize)]
struct Answer {
    #[serde(default)]
    state: String,
    code: Option<String>,
    error: Option<String>,
}

async fn back(
    State(inner): State<Arc<Inner>>,
    Query(answer): Query<Answer>,
    headers: HeaderMap,
    visitor: Visitor,
) -> Outcome {
    if !allow(&inner, &visitor) {
        return Err(Failed::TooMany);
    }
    let response = match signed_on(&inner, &visitor, &headers, &answer).await {
        Ok(response) => response,
        Err(why) => {
            note(&inner, &visitor, &why).await?;
            refused(&visitor, why)?
        }
    };
    // Whatever came of it, it is used up.
    let used_up = AppendHeaders([(SET_COOKIE, cookie_on_its_way("", 0))]);
    Ok((used_up, response).into_response())
}

async fn signed_on(
    inner: &Inner,
    visitor: &Visitor,
    headers: &HeaderMap,
    answer: &Answer,
) -> Result<Response, NotSignedOn> {
    let sign_on = inner.office.offered_sign_on().await?.ok_or(SignOnRefusal::Off)?;
    let brought = on_its_way(headers).and_then(|sealed| OnItsWay::opened(inner, &sign_on.issuer, sealed));
    let begun = brought.filter(|begun| begun.flow.state == answer.state);
    let begun = begun.ok_or(NotSignedOn::Stray)?;
    if answer.error.is_some() {
        return Err(NotSignedOn::Cancelled);
    }
    let code = answer.code.as_deref().ok_or(NotSignedOn::Stray)?;
    let provider = provider(inner, &sign_on).await?;
    let identity = provider.finish(&begun.flow, code).await.map_err(Unasked::from)?;
    let vouched = vouched(&identity);
    match begun.linking {
        Some(session) => linking::link(inner, visitor, &session, &vouched).await,
        None => come_in(inner, visitor, &sign_on, &vouched, &begun.to).await,
    }
}

async fn come_in(
    inner: &Inner,
    visitor: &Visitor,
    sign_on: &SingleSignOn,
    vouched: &Vouched,
    to: &str,
) -> Result<Response, NotSignedOn> {
    let stranger = visitor.stranger();
    let (operator, kept) = inner.office.sign_on(&stranger, vouched).await?;
    if !(sign_on.believes_second_factor && vouched.multi_factor) {
        let next = sign_in::one_more_step(inner, visitor, (&operator, kept), Proof::SingleSignOn, to);
        return Ok(next.await?);
    }
    let whole = (SessionScope::Full, Proof::SingleSignOn);
    let cookie = sign_in::begin(inner, visitor, &operator, whole).await?;
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), go(to)).into_response())
}

/// Writes down what came of a sign-in that was begun here. What was not says nothing, and anybody can make as many.
async fn note(inner: &Inner, visitor: &Visitor, why: &NotSignedOn) -> Result<(), Failed> {
    let reason = match why {
        NotSignedOn::Stray | NotSignedOn::Failed(_) | NotSignedOn::Refused(SignOnRefusal::Off) => {
            return Ok(());
        }
        NotSignedOn::Cancelled => "single sign-on: cancelled at the provider".to_owned(),
        NotSignedOn::Provider(why) => format!("single sign-on: {why}"),
        NotSignedOn::Refused(why) => format!("single sign-on: {why}"),
    };
    let stranger = visitor.stranger();
    Ok(inner.office.sign_in_failed(&stranger, "", None, &reason).await?)
}

/// What happened, and the way back.
pub(super) fn refused(visitor: &Visitor, why: NotSignedOn) -> Outcome {
    let status = match &why {
        NotSignedOn::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
        NotSignedOn::Stray | NotSignedOn::Cancelled => StatusCode::BAD_REQUEST,
        NotSignedOn::Provider(_) => StatusCode::BAD_GATEWAY,
        NotSignedOn::Refused(_) => StatusCode::FORBIDDEN,
    };
    if let NotSignedOn::Failed(failed) = why {
        return Err(failed);
    }
    if let NotSignedOn::Provider(why) = &why {
        tracing::warn!("nobody can sign in with the provider: {why}; {}", why.hint());
    }
    let text = format!("{}.", sentence(&why.to_string()));
    let way_back = if visitor.is_in() {
        Button::link("Back to your account", "/account")
    } else {
        Button::link("Back to sign-in", "/sign-in")
    };
    let head = PageHead::new("That did not work").text(text);
    let body = Html::from(head).and(way_back.primary());
    Ok((status, plain("That did not work", &body, None)).into_response())
}
