//! A sync that is held for a person.

use governance::OfficeError;

use crate::answer::{Done, Found};
use crate::call::{Call, NoQuery};
use crate::endpoint::{Endpoint, get, post};
use crate::input::Nothing;
use crate::problem::Problem;
use crate::shape::held::Held;

pub(super) fn all() -> [Endpoint; 3] {
    [
        get(
            "/connectors/{connector}/held",
            "getHeldSync",
            "Tells how much a sync that is held would change.",
            show,
        ),
        post(
            "/connectors/{connector}/held/confirm",
            "confirmHeldSync",
            "Believes the sync that is held: everybody sees it from then on.",
            confirm,
        ),
        post(
            "/connectors/{connector}/held/discard",
            "discardHeldSync",
            "Does not believe the sync that is held: what was there before stays.",
            discard,
        ),
    ]
}

async fn show(call: Call<NoQuery, Nothing>) -> Result<Found<Held>, Problem> {
    let (office, id) = (&call.inner.lobby.office, call.connector()?);
    let owned = office.owned(call.actor(), &id).await?;
    let held = owned
        .installation
        .value
        .held
        .ok_or(OfficeError::Unknown("held sync"))?;
    let run = office.held_run(call.actor(), &id).await?;
    Ok(Found(Held::of(&held, run.as_ref())))
}

async fn confirm(call: Call<NoQuery, Nothing>) -> Result<Done, Problem> {
    let office = &call.inner.lobby.office;
    office.confirm_held(call.actor(), &call.connector()?).await?;
    Ok(Done)
}

async fn discard(call: Call<NoQuery, Nothing>) -> Result<Done, Problem> {
    let office = &call.inner.lobby.office;
    office.discard_held(call.actor(), &call.connector()?).await?;
    Ok(Done)
}
