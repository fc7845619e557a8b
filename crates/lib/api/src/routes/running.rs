//! What a connector is told to do now.

use governance::SyncAsked;

use crate::answer::{Done, OnItsWay};
use crate::call::{Call, NoQuery};
use crate::endpoint::{Endpoint, post};
use crate::input::Nothing;
use crate::problem::Problem;
use crate::shape::runs::Run;

pub(super) fn all() -> [Endpoint; 4] {
    [
        post(
            "/connectors/{connector}/sync",
            "syncNow",
            "Lets a connector read now, unless a sync is on its way: asked twice, it reads once.",
            sync,
        ),
        post(
            "/connectors/{connector}/pause",
            "pauseConnector",
            "Gives a connector nothing new to do.",
            pause,
        ),
        post(
            "/connectors/{connector}/resume",
            "resumeConnector",
            "Lets a connector go on.",
            resume,
        ),
        post(
            "/connectors/{connector}/ask-again",
            "askAgain",
            "Writes again to the owner whose help is waited for, five minutes after the last letter at the earliest.",
            ask_again,
        ),
    ]
}

async fn sync(call: Call<NoQuery, Nothing>) -> Result<OnItsWay<Run>, Problem> {
    let asked = call
        .inner
        .lobby
        .sync_now(call.actor(), &call.connector()?)
        .await?;
    Ok(match &asked {
        SyncAsked::Now(task) => OnItsWay::Now(task.into()),
        SyncAsked::Before(task) => OnItsWay::Before(task.into()),
    })
}

async fn pause(call: Call<NoQuery, Nothing>) -> Result<Done, Problem> {
    call.inner.lobby.pause(call.actor(), &call.connector()?).await?;
    Ok(Done)
}

async fn resume(call: Call<NoQuery, Nothing>) -> Result<Done, Problem> {
    call.inner.lobby.resume(call.actor(), &call.connector()?).await?;
    Ok(Done)
}

async fn ask_again(call: Call<NoQuery, Nothing>) -> Result<Done, Problem> {
    let lobby = &call.inner.lobby;
    let office = &lobby.office;
    office
        .ask_again(call.actor(), &call.connector()?, &lobby.address)
        .await?;
    Ok(Done)
}
