//! Pages of what can be held.

use governance::access::{
    EntitlementOrder, EntitlementQuery, ListedEntitlement, Page, PageRequest, SnapshotId,
};
use governance::repository::{RepositoryError, Stored};
use model::EntitlementId;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseConnection, EntityTrait as _, Order,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};

use super::lookup::Lookup;
use super::{look, resources};
use crate::entity::access::entitlement::{Column, Entity, Model};
use crate::errors::failed;
use crate::keys;

pub(super) async fn page(
    connection: &DatabaseConnection,
    id: SnapshotId,
    query: &EntitlementQuery,
    page: PageRequest,
) -> Stored<Option<Page<ListedEntitlement>>> {
    let Some(moment) = look::at(connection, id).await? else {
        return Ok(None);
    };
    let Some(wanted) = wanted(&moment, id, query).await? else {
        return Ok(Some(Page {
            rows: Vec::new(),
            total: 0,
        }));
    };
    let found = Entity::find().filter(wanted);
    let total = resources::count(&moment, found.clone()).await.map_err(failed)?;
    let rows = ordered(found, query).offset(page.skip()).limit(page.at_most());
    let rows = listed(&moment, id, rows.all(&moment).await.map_err(failed)?).await?;
    Ok(Some(Page { rows, total }))
}

pub(super) async fn one(
    connection: &DatabaseConnection,
    id: SnapshotId,
    entitlement: &EntitlementId,
) -> Stored<Option<ListedEntitlement>> {
    let Some(moment) = look::at(connection, id).await? else {
        return Ok(None);
    };
    let found = find(&moment, id, entitlement).await?.into_iter().collect();
    Ok(listed(&moment, id, found).await?.pop())
}

/// The row of an entitlement.
pub(super) async fn find(
    connection: &impl ConnectionTrait,
    id: SnapshotId,
    entitlement: &EntitlementId,
) -> Result<Option<Model>, RepositoryError> {
    let key = keys::of_entitlement(entitlement);
    let similar = Entity::find()
        .filter(Column::Snapshot.eq(id.number()))
        .filter(Column::IdKey.eq(key.short()));
    let similar = similar.all(connection).await.map_err(failed)?;
    Ok(similar
        .into_iter()
        .find(|found| keys::of_entitlement(&found.id.as_str().into()) == key))
}

async fn listed(
    connection: &impl ConnectionTrait,
    id: SnapshotId,
    found: Vec<Model>,
) -> Stored<Vec<ListedEntitlement>> {
    let lookup = Lookup::of_entitlements(connection, id.number(), &found).await?;
    found
        .into_iter()
        .map(|one| {
            let on = lookup.resource(one.resource)?;
            one.on(on)
        })
        .collect()
}

/// `None` when they are wanted of a resource that is not there.
async fn wanted(
    connection: &impl ConnectionTrait,
    id: SnapshotId,
    query: &EntitlementQuery,
) -> Stored<Option<Condition>> {
    let search = Some(&query.search).filter(|text| !text.trim().is_empty());
    let kind = query.resource_type.as_ref();
    let wanted = Condition::all()
        .add(Column::Snapshot.eq(id.number()))
        .add(Column::Known.eq(true))
        .add_option(kind.map(|kind| Column::TypeKey.eq(keys::of_type(kind))))
        .add_option(search.map(|text| Expr::col(Column::SearchText).like(look::containing(text))));
    let Some(on) = &query.resource else {
        return Ok(Some(wanted));
    };
    let on = resources::find(connection, id, on).await?;
    Ok(on.map(|on| wanted.add(Column::Resource.eq(on.number))))
}

fn ordered(found: Select<Entity>, query: &EntitlementQuery) -> Select<Entity> {
    let order = if query.descending { Order::Desc } else { Order::Asc };
    match query.order {
        EntitlementOrder::Name => found
            .order_by(Column::SortName, order.clone())
            .order_by(Column::Number, order),
        EntitlementOrder::Holders => found
            .order_by(Column::Holders, order)
            .order_by_asc(Column::SortName)
            .order_by_asc(Column::Number),
    }
}
