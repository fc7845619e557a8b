//! How a hosted connector reaches its account: tested, saved, never given back.

use governance::OfficeError;
use lobby::ProbeError;

use crate::answer::{Done, Found};
use crate::call::{Call, NoQuery};
use crate::endpoint::{Endpoint, get, post, put};
use crate::input::{Nothing, Sent};
use crate::problem::{Code, Problem};
use crate::shape::settings::{Checklist, NewSettings, Settings};

pub(super) fn all() -> [Endpoint; 3] {
    [
        get(
            "/connectors/{connector}/settings",
            "getSettings",
            "Tells how a connector reaches its account, without the secret.",
            show,
        ),
        put(
            "/connectors/{connector}/settings",
            "saveSettings",
            "Saves how a connector reaches its account, sealed, and lets it read; what the account rejects is not saved.",
            save,
        ),
        post(
            "/connectors/{connector}/settings/test",
            "testSettings",
            "Compares what settings may with what is needed, permission by permission; saves nothing.",
            test,
        ),
    ]
}

async fn show(call: Call<NoQuery, Nothing>) -> Result<Found<Settings>, Problem> {
    let office = &call.inner.lobby.office;
    let kept = office.settings(call.actor(), &call.connector()?).await?;
    let kept = kept.ok_or(OfficeError::Unknown("settings: none were saved"))?;
    Ok(Found((&kept).into()))
}

async fn test(call: Call<NoQuery, Sent<NewSettings>>) -> Result<Found<Checklist>, Problem> {
    let id = call.connector()?;
    let Call {
        inner,
        caller,
        body: Sent(new),
        ..
    } = call;
    let candidate = inner.lobby.candidate(&caller.actor, &id, new.into()).await?;
    let checked = inner.lobby.helpers.probe.check(&candidate).await?;
    Ok(Found(checked.into()))
}

async fn save(call: Call<NoQuery, Sent<NewSettings>>) -> Result<Done, Problem> {
    let id = call.connector()?;
    let Call {
        inner,
        caller,
        body: Sent(new),
        ..
    } = call;
    let lobby = &inner.lobby;
    let candidate = lobby.candidate(&caller.actor, &id, new.into()).await?;
    // What the account refuses is not saved: nothing would come of it. What could not be asked just now is.
    let checked = match lobby.helpers.probe.check(&candidate).await {
        Err(error) if error.is_rejection => return Err(error.into()),
        checked => checked,
    };
    lobby
        .save_settings(&caller.actor, &id, &candidate, &checked)
        .await?;
    Ok(Done)
}

impl From<ProbeError> for Problem {
    fn from(error: ProbeError) -> Self {
        let code = if error.is_rejection {
            Code::SettingsRejected
        } else {
            Code::AccountUnreachable
        };
        Self::told(code, &error.message, error.hint)
    }
}
