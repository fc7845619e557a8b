//! What runs changed.

use governance::OfficeError;
use governance::access::PageRequest;

use crate::answer::Found;
use crate::call::{Call, NoQuery};
use crate::endpoint::{Endpoint, get};
use crate::input::Nothing;
use crate::page::{Limit, Page, Place, no_cursor};
use crate::problem::Problem;
use crate::shape::changes::{Change, ChangeQuery, RunChanges};

pub(super) fn all() -> [Endpoint; 2] {
    [
        get(
            "/connectors/{connector}/runs/{run}/difference",
            "getRunDifference",
            "Tells how much a sync changed, and what became of it.",
            difference,
        ),
        get(
            "/connectors/{connector}/runs/{run}/changes",
            "listRunChanges",
            "Lists what a sync changed: the first thousand of each kind.",
            changes,
        ),
    ]
}

async fn difference(call: Call<NoQuery, Nothing>) -> Result<Found<RunChanges>, Problem> {
    let (connector, run) = (call.connector()?, call.run()?);
    let run = call
        .inner
        .lobby
        .office
        .run(call.actor(), &connector, &run)
        .await?;
    let nothing = OfficeError::Conflict("nobody has looked at what it read: it has no difference");
    let changes = run.changes.as_ref().ok_or(nothing)?;
    Ok(Found(changes.into()))
}

async fn changes(call: Call<ChangeQuery, Nothing>) -> Result<Found<Page<Change>>, Problem> {
    let which = (&call.connector()?, &call.run()?);
    let (query, limit) = (&call.query, Limit::of(call.query.limit));
    let skip = match Place::of(query.cursor.as_ref())? {
        None => 0,
        Some(Place::Row(skip)) => skip,
        Some(_) => return Err(no_cursor()),
    };
    let office = &call.inner.lobby.office;
    let page = PageRequest::new(skip, limit);
    let found = office
        .changes_of_run(call.actor(), which, &query.read(), page)
        .await?;
    let next = skip + found.rows.len() as u64;
    Ok(Found(Page {
        items: found.rows.into_iter().map(Change::from).collect(),
        next: (next < found.total).then(|| Place::Row(next).told()),
        total: Some(found.total),
    }))
}
