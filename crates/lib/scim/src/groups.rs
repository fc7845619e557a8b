//! `/Groups`.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path as InPath, RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::{HeaderValue, LOCATION};
use axum::response::IntoResponse as _;
use axum::routing::get;
use governance::{Actor, Group, GroupId, GroupSays, OfficeError};

use crate::caller::{Caller, Sent};
use crate::error::{ScimError, answer};
use crate::patch::{Assignment, Op, assignments, of_object};
use crate::query::Query;
use crate::{Inner, Outcome, group};

pub(crate) fn router() -> Router<Arc<Inner>> {
    Router::new().route("/Groups", get(list).post(add)).route(
        "/Groups/{id}",
        get(show).put(replace).patch(change).delete(remove),
    )
}

async fn list(State(inner): State<Arc<Inner>>, RawQuery(query): RawQuery, Caller(actor): Caller) -> Outcome {
    let query = Query::parse(query.as_deref().unwrap_or_default())?;
    let all = inner.office.groups(&actor).await?;
    let found = query.fitting(all, group::fits)?;
    let base = inner.base();
    Ok(answer(
        StatusCode::OK,
        &query.page(&found, |one| group::resource(one, &base)),
    ))
}

async fn show(
    State(inner): State<Arc<Inner>>,
    InPath(id): InPath<String>,
    RawQuery(query): RawQuery,
    Caller(actor): Caller,
) -> Outcome {
    let query = Query::parse(query.as_deref().unwrap_or_default())?;
    let id = parsed(&id)?;
    let all = inner.office.groups(&actor).await?;
    let found = all
        .iter()
        .find(|group| group.id == id)
        .ok_or(OfficeError::Unknown("group"))?;
    let resource = group::resource(found, &inner.base());
    Ok(answer(StatusCode::OK, &query.shape(resource)))
}

async fn add(State(inner): State<Arc<Inner>>, Caller(actor): Caller, Sent(body): Sent) -> Outcome {
    let says = group::assigned(GroupSays::default(), &of_object(Op::Replace, &body)?)?;
    let made = inner.office.add_group(&actor, says).await?;
    let mut answer = answer(StatusCode::CREATED, &group::resource(&made, &inner.base()));
    let place = format!("{}/Groups/{}", inner.base(), made.id);
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
    let changed = assign(&inner, &actor, &id, &of_object(Op::Replace, &body)?).await?;
    Ok(answer(StatusCode::OK, &group::resource(&changed, &inner.base())))
}

/// A group can be large, and who changes one of its members need not be told all of them.
async fn change(
    State(inner): State<Arc<Inner>>,
    InPath(id): InPath<String>,
    Caller(actor): Caller,
    Sent(body): Sent,
) -> Outcome {
    assign(&inner, &actor, &id, &assignments(&body)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn assign(inner: &Inner, actor: &Actor, id: &str, all: &[Assignment]) -> Result<Group, ScimError> {
    let change = |before| group::assigned(before, all);
    let id = parsed(id)?;
    inner.office.change_group::<ScimError>(actor, &id, change).await
}

async fn remove(
    State(inner): State<Arc<Inner>>,
    InPath(id): InPath<String>,
    Caller(actor): Caller,
) -> Outcome {
    inner.office.remove_group(&actor, &parsed(&id)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn parsed(id: &str) -> Result<GroupId, ScimError> {
    Ok(GroupId::parse(id).map_err(OfficeError::from)?)
}
