//! People who use the console.

use governance::OfficeError;

use super::has;
use crate::answer::{Created, Done, Found};
use crate::call::{Call, NoQuery};
use crate::endpoint::{Endpoint, delete, get, patch, post};
use crate::input::{Nothing, Sent};
use crate::page::{Page, Part};
use crate::problem::Problem;
use crate::shape::people::{NewOperator, Operator, OperatorChange, OperatorQuery};

pub(super) fn all() -> [Endpoint; 7] {
    [
        get(
            "/operators",
            "listOperators",
            "Lists who uses the console, by name.",
            list,
        ),
        post(
            "/operators",
            "addOperator",
            "Adds somebody, who is sent a link to choose a password.",
            add,
        ),
        get(
            "/operators/{operator}",
            "getOperator",
            "Tells about somebody who uses the console.",
            show,
        ),
        patch(
            "/operators/{operator}",
            "changeOperator",
            "Changes what somebody is.",
            change,
        ),
        post(
            "/operators/{operator}/deactivate",
            "deactivateOperator",
            "Lets somebody in no more: their sessions and API keys end at once, and for good.",
            deactivate,
        ),
        post(
            "/operators/{operator}/reactivate",
            "reactivateOperator",
            "Lets somebody in again.",
            reactivate,
        ),
        delete(
            "/operators/{operator}/sessions",
            "endSessions",
            "Ends all sessions of somebody.",
            end_sessions,
        ),
    ]
}

async fn list(call: Call<OperatorQuery, Nothing>) -> Result<Found<Page<Operator>>, Problem> {
    let query = &call.query;
    let part = Part::of(query.limit, query.cursor.as_ref())?;
    let all = call.inner.lobby.office.operators(call.actor()).await?;
    let found = all
        .iter()
        .filter(|one| has(&[&one.name, one.email.as_str()], query.search.as_deref()))
        .map(Operator::from)
        .filter(|one| query.status.is_none_or(|status| status == one.status));
    Ok(Found(part.page(found.collect(), |one| one.id.clone())?))
}

async fn add(call: Call<NoQuery, Sent<NewOperator>>) -> Result<Created<Operator>, Problem> {
    let Sent(new) = &call.body;
    let roles = new.roles.iter().copied().map(Into::into).collect();
    let who = (new.name.as_str(), new.email.as_str());
    let added = call.inner.lobby.add_operator(call.actor(), who, roles).await?;
    Ok(Created((&added).into()))
}

async fn found<Q, B>(call: &Call<Q, B>) -> Result<Operator, Problem> {
    let id = call.operator()?;
    let all = call.inner.lobby.office.operators(call.actor()).await?;
    let found = all.iter().find(|one| one.id == id);
    Ok(found.map(Operator::from).ok_or(OfficeError::Unknown("user"))?)
}

async fn show(call: Call<NoQuery, Nothing>) -> Result<Found<Operator>, Problem> {
    Ok(Found(found(&call).await?))
}

async fn change(call: Call<NoQuery, Sent<OperatorChange>>) -> Result<Found<Operator>, Problem> {
    let Sent(change) = &call.body;
    let roles = change.roles.iter().copied().map(Into::into).collect();
    let lobby = &call.inner.lobby;
    lobby.set_roles(call.actor(), &call.operator()?, &roles).await?;
    Ok(Found(found(&call).await?))
}

async fn deactivate(call: Call<NoQuery, Nothing>) -> Result<Done, Problem> {
    let office = &call.inner.lobby.office;
    office.deactivate(call.actor(), &call.operator()?).await?;
    Ok(Done)
}

async fn reactivate(call: Call<NoQuery, Nothing>) -> Result<Done, Problem> {
    let office = &call.inner.lobby.office;
    office.reactivate(call.actor(), &call.operator()?).await?;
    Ok(Done)
}

async fn end_sessions(call: Call<NoQuery, Nothing>) -> Result<Done, Problem> {
    let office = &call.inner.lobby.office;
    office.end_sessions_of(call.actor(), &call.operator()?).await?;
    Ok(Done)
}
