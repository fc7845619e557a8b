//! Connectors: listed, added, changed, removed.

use governance::{AppState, ConnectorId, NewPlace, Seen};

use super::has;
use crate::answer::{Created, Done, Found};
use crate::call::{Call, NoQuery};
use crate::endpoint::{Endpoint, delete, get, patch, post};
use crate::input::{Nothing, Sent};
use crate::page::{Page, Part};
use crate::problem::Problem;
use crate::shape::connectors::{Connector, ConnectorChange, ConnectorQuery, NewConnector, Place};

pub(super) fn all() -> [Endpoint; 5] {
    [
        get(
            "/connectors",
            "listConnectors",
            "Lists the connectors that the key's owner may see, by name.",
            list,
        ),
        post("/connectors", "addConnector", "Adds a connector.", add),
        get(
            "/connectors/{connector}",
            "getConnector",
            "Tells how a connector is, with the facts behind its label.",
            show,
        ),
        patch(
            "/connectors/{connector}",
            "changeConnector",
            "Changes what a connector is called, when it reads, who owns it and when a sync is held.",
            change,
        ),
        delete(
            "/connectors/{connector}",
            "removeConnector",
            "Removes a connector and all that was read by it; it cannot be undone.",
            remove,
        ),
    ]
}

async fn list(call: Call<ConnectorQuery, Nothing>) -> Result<Found<Page<Connector>>, Problem> {
    let query = &call.query;
    let part = Part::of(query.limit, query.cursor.as_ref())?;
    let office = &call.inner.lobby.office;
    let mut all = office.all_seen(call.actor()).await?;
    all.retain(|seen| {
        has(&[seen.connector.name.as_str()], query.search.as_deref())
            && query.label.is_none_or(|label| label == seen.label.into())
            && query
                .kind
                .is_none_or(|kind| kind == seen.installation.kind.into())
    });
    let page = part.page(all, |seen| seen.connector.id.to_string())?;
    let mut items = Vec::new();
    for seen in page.items {
        let owners = office.named(&seen.installation.owners).await?;
        items.push(Connector::of(seen, &owners));
    }
    Ok(Found(Page {
        items,
        next: page.next,
        total: page.total,
    }))
}

async fn told<Q, B>(call: &Call<Q, B>, id: &ConnectorId) -> Result<Connector, Problem> {
    let office = &call.inner.lobby.office;
    let seen: Seen = office.seen(call.actor(), id).await?;
    let owners = office.named(&seen.installation.owners).await?;
    Ok(Connector::of(seen, &owners))
}

async fn add(call: Call<NoQuery, Sent<NewConnector>>) -> Result<Created<Connector>, Problem> {
    let Call {
        inner,
        caller,
        body: Sent(new),
        ..
    } = &call;
    let lobby = &inner.lobby;
    let wanted = new.app_state();
    let new = new.read(lobby.office.now())?;
    if let (NewPlace::App(app), Some(wanted)) = (&new.place, wanted) {
        let app = lobby.office.app(&caller.actor, app).await?.value;
        if app.state != wanted {
            return Err(Problem::field(
                "app",
                "it is not in the state that `attach` says: look at it again",
            ));
        }
    }
    let added = lobby
        .office
        .add_connector(&caller.actor, &new, &lobby.address)
        .await?;
    Ok(Created(told(&call, &added.id).await?))
}

impl NewConnector {
    /// How the app has to be that it is to belong to, when there is one already.
    fn app_state(&self) -> Option<AppState> {
        match self.place() {
            Place::Managed { .. } => Some(AppState::Managed),
            Place::Unmanaged { .. } => Some(AppState::Unmanaged),
            Place::New { .. } => None,
        }
    }
}

async fn show(call: Call<NoQuery, Nothing>) -> Result<Found<Connector>, Problem> {
    Ok(Found(told(&call, &call.connector()?).await?))
}

async fn change(call: Call<NoQuery, Sent<ConnectorChange>>) -> Result<Found<Connector>, Problem> {
    let (lobby, id) = (&call.inner.lobby, call.connector()?);
    let Sent(change) = &call.body;
    let change = change.read(lobby.office.now())?;
    lobby.change_connector(call.actor(), &id, &change).await?;
    Ok(Found(told(&call, &id).await?))
}

async fn remove(call: Call<NoQuery, Nothing>) -> Result<Done, Problem> {
    let lobby = &call.inner.lobby;
    lobby.remove_connector(call.actor(), &call.connector()?).await?;
    Ok(Done)
}
