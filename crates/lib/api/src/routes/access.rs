//! Who can do what, as the newest believed sync of a connector says.

use governance::access::{HolderQuery, Snapshot};
use governance::{ConnectorId, OfficeError};
use model::{EntitlementId, ResourceId};

use crate::answer::Found;
use crate::call::{Call, NoQuery};
use crate::endpoint::{Endpoint, get};
use crate::input::Nothing;
use crate::page::{Page, Rows};
use crate::problem::Problem;
use crate::shape::access::{
    AccountQuery, Entitlement, EntitlementQuery, Holder, HolderQuery as Holders, Holding, HoldingQuery,
    Overview, Resource, Which, WhichRight,
};

pub(super) fn all() -> [Endpoint; 7] {
    [
        get(
            "/connectors/{connector}/overview",
            "getOverview",
            "Tells how much there is.",
            overview,
        ),
        get(
            "/connectors/{connector}/accounts",
            "listAccounts",
            "Lists accounts, or with `part` other resources.",
            accounts,
        ),
        get(
            "/connectors/{connector}/account",
            "getAccount",
            "Tells about one account or other resource.",
            account,
        ),
        get(
            "/connectors/{connector}/entitlements",
            "listEntitlements",
            "Lists what can be held, and by how many it is.",
            entitlements,
        ),
        get(
            "/connectors/{connector}/entitlement",
            "getEntitlement",
            "Tells about one thing that can be held.",
            entitlement,
        ),
        get(
            "/connectors/{connector}/holders",
            "listHolders",
            "Lists who holds something, and why.",
            holders,
        ),
        get(
            "/connectors/{connector}/holdings",
            "listHoldings",
            "Lists what somebody holds, and why.",
            holdings,
        ),
    ]
}

/// What is believed of a connector.
async fn believed<Q, B>(call: &Call<Q, B>) -> Result<(ConnectorId, Snapshot), Problem> {
    let id = call.connector()?;
    let found = call.inner.lobby.office.snapshot(call.actor(), &id).await?;
    let nothing = "nothing was read and believed yet: let the connector read first";
    let found = found.ok_or(OfficeError::Conflict(nothing))?;
    Ok((id, found))
}

async fn overview(call: Call<NoQuery, Nothing>) -> Result<Found<Overview>, Problem> {
    let (id, snapshot) = believed(&call).await?;
    let overview = call.inner.lobby.office.overview(call.actor(), &id).await?;
    Ok(Found(Overview::of(&snapshot, overview)))
}

async fn accounts(call: Call<AccountQuery, Nothing>) -> Result<Found<Page<Resource>>, Problem> {
    let (id, snapshot) = believed(&call).await?;
    let query = &call.query;
    let rows = Rows::of(snapshot.id, query.limit, query.cursor.as_ref())?;
    let office = &call.inner.lobby.office;
    let found = office
        .resources(call.actor(), &id, &query.read(), rows.request())
        .await?;
    Ok(Found(rows.page(found, Resource::from)))
}

async fn account(call: Call<Which, Nothing>) -> Result<Found<Resource>, Problem> {
    let (id, _) = believed(&call).await?;
    let which = ResourceId::new(call.query.kind.as_str(), call.query.id.as_str());
    let found = call
        .inner
        .lobby
        .office
        .resource(call.actor(), &id, &which)
        .await?;
    Ok(Found(found.into()))
}

async fn entitlements(call: Call<EntitlementQuery, Nothing>) -> Result<Found<Page<Entitlement>>, Problem> {
    let (id, snapshot) = believed(&call).await?;
    let query = &call.query;
    let rows = Rows::of(snapshot.id, query.limit, query.cursor.as_ref())?;
    let office = &call.inner.lobby.office;
    let found = office
        .entitlements(call.actor(), &id, &query.read(), rows.request())
        .await?;
    Ok(Found(rows.page(found, Entitlement::from)))
}

async fn entitlement(call: Call<WhichRight, Nothing>) -> Result<Found<Entitlement>, Problem> {
    let (id, _) = believed(&call).await?;
    let which = EntitlementId::new(call.query.id.as_str());
    let found = call
        .inner
        .lobby
        .office
        .entitlement(call.actor(), &id, &which)
        .await?;
    Ok(Found(found.into()))
}

async fn holders(call: Call<Holders, Nothing>) -> Result<Found<Page<Holder>>, Problem> {
    let (id, snapshot) = believed(&call).await?;
    let query = &call.query;
    let rows = Rows::of(snapshot.id, query.limit, query.cursor.as_ref())?;
    let which = EntitlementId::new(query.entitlement.as_str());
    let wanted = HolderQuery {
        search: query.search.clone().unwrap_or_default(),
        direct: query.direct,
    };
    let office = &call.inner.lobby.office;
    let found = office
        .holders(call.actor(), (&id, &which), &wanted, rows.request())
        .await?;
    Ok(Found(rows.page(found, Holder::from)))
}

async fn holdings(call: Call<HoldingQuery, Nothing>) -> Result<Found<Page<Holding>>, Problem> {
    let (id, snapshot) = believed(&call).await?;
    let query = &call.query;
    let rows = Rows::of(snapshot.id, query.limit, query.cursor.as_ref())?;
    let whose = ResourceId::new(query.kind.as_str(), query.id.as_str());
    let office = &call.inner.lobby.office;
    let found = office.holdings(call.actor(), &id, &whose, rows.request()).await?;
    Ok(Found(rows.page(found, Holding::from)))
}
