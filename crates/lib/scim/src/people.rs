//! `/Users`.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path as InPath, RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::{HeaderValue, LOCATION};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use governance::{OfficeError, Operator, OperatorId};
use secrecy::ExposeSecret as _;

use crate::caller::{Caller, Sent};
use crate::error::{ScimError, answer};
use crate::patch::{Assignment, Op, assignments, of_object};
use crate::query::Query;
use crate::{Inner, Outcome, person};

pub(crate) fn router() -> Router<Arc<Inner>> {
    Router::new()
        .route("/Users", get(list).post(add))
        .route("/Users/{id}", get(show).put(replace).patch(change).delete(let_go))
}

async fn list(State(inner): State<Arc<Inner>>, RawQuery(query): RawQuery, Caller(actor): Caller) -> Outcome {
    let query = Query::parse(query.as_deref().unwrap_or_default())?;
    let all = inner.office.provisioned(&actor).await?;
    let found = query.fitting(all, person::fits)?;
    let base = inner.base();
    Ok(answer(
        StatusCode::OK,
        &query.page(&found, |one| person::resource(one, &base)),
    ))
}

async fn show(
    State(inner): State<Arc<Inner>>,
    InPath(id): InPath<String>,
    RawQuery(query): RawQuery,
    Caller(actor): Caller,
) -> Outcome {
    let query = Query::parse(query.as_deref().unwrap_or_default())?;
    let found = inner.office.provisioned_one(&actor, &parsed(&id)?).await?;
    let resource = person::resource(&found.value, &inner.base());
    Ok(answer(StatusCode::OK, &query.shape(resource)))
}

async fn add(State(inner): State<Arc<Inner>>, Caller(actor): Caller, Sent(body): Sent) -> Outcome {
    let person = person::assigned(None, &of_object(Op::Replace, &body)?)?;
    let (token, link) = inner.link()?;
    let made = inner
        .office
        .provision(&actor, &person, (token, link.expose_secret()));
    let made = made.await?;
    let mut answer = shown(&inner, StatusCode::CREATED, &made);
    let place = format!("{}/Users/{}", inner.base(), made.id);
    if let Ok(place) = HeaderValue::from_str(&place) {
        answer.headers_mut().insert(LOCATION, place);
    }
    Ok(answer)
}

/// What is not named stays as it is.
async fn replace(
    State(inner): State<Arc<Inner>>,
    InPath(id): InPath<String>,
    Caller(actor): Caller,
    Sent(body): Sent,
) -> Outcome {
    assign(&inner, &actor, &id, &of_object(Op::Replace, &body)?).await
}

async fn change(
    State(inner): State<Arc<Inner>>,
    InPath(id): InPath<String>,
    Caller(actor): Caller,
    Sent(body): Sent,
) -> Outcome {
    assign(&inner, &actor, &id, &assignments(&body)?).await
}

async fn assign(inner: &Inner, actor: &governance::Actor, id: &str, all: &[Assignment]) -> Outcome {
    let id = parsed(id)?;
    let (token, link) = inner.link()?;
    let change = |before| person::assigned(Some(before), all);
    let changed = inner
        .office
        .change_person::<ScimError>(actor, &id, change, (token, link.expose_secret()));
    Ok(shown(inner, StatusCode::OK, &changed.await?))
}

async fn let_go(
    State(inner): State<Arc<Inner>>,
    InPath(id): InPath<String>,
    Caller(actor): Caller,
) -> Outcome {
    inner.office.let_go(&actor, &parsed(&id)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn shown(inner: &Inner, status: StatusCode, one: &Operator) -> Response {
    answer(status, &person::resource(one, &inner.base()))
}

fn parsed(id: &str) -> Result<OperatorId, ScimError> {
    Ok(OperatorId::parse(id).map_err(OfficeError::from)?)
}
