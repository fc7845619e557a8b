//! What self-hosted connectors sign in with.

use governance::OfficeError;
use secrecy::ExposeSecret as _;

use crate::answer::{Created, Done, Found};
use crate::call::{Call, NoQuery};
use crate::endpoint::{Endpoint, delete, get, post};
use crate::input::Nothing;
use crate::page::{Page, Part};
use crate::problem::Problem;
use crate::shape::connectors::{Credential, NewCredential};
use crate::shape::runs::PartQuery;

pub(super) fn all() -> [Endpoint; 3] {
    [
        get(
            "/connectors/{connector}/credentials",
            "listCredentials",
            "Lists what a connector can sign in with, the oldest first.",
            list,
        ),
        post(
            "/connectors/{connector}/credentials",
            "addCredential",
            "Gives a connector another credential; its secret is in this answer and nowhere else.",
            add,
        ),
        delete(
            "/connectors/{connector}/credentials/{credential}",
            "revokeCredential",
            "Takes a credential back: whoever uses it is turned away with the next call.",
            revoke,
        ),
    ]
}

async fn list(call: Call<PartQuery, Nothing>) -> Result<Found<Page<Credential>>, Problem> {
    let part = Part::of(call.query.limit, call.query.cursor.as_ref())?;
    let office = &call.inner.lobby.office;
    let all = office.credentials(call.actor(), &call.connector()?).await?;
    let all = all.iter().map(Credential::from).collect();
    Ok(Found(part.page(all, |one: &Credential| one.id.clone())?))
}

async fn add(call: Call<NoQuery, Nothing>) -> Result<Created<NewCredential>, Problem> {
    let lobby = &call.inner.lobby;
    let (added, secret) = lobby.add_credential(call.actor(), &call.connector()?).await?;
    Ok(Created(NewCredential {
        credential: (&added).into(),
        client_secret: secret.expose_secret().to_owned(),
    }))
}

async fn revoke(call: Call<NoQuery, Nothing>) -> Result<Done, Problem> {
    let (office, id) = (&call.inner.lobby.office, call.credential()?);
    let of = office.credentials(call.actor(), &call.connector()?).await?;
    let is_its_own = of.iter().any(|one| one.id == id);
    is_its_own
        .then_some(())
        .ok_or(OfficeError::Unknown("credential"))?;
    office.revoke_credential(call.actor(), &id).await?;
    Ok(Done)
}
