//! Pages of resources.

use governance::access::{
    ListedResource, Page, PageRequest, ResourceOrder, ResourceQuery, SecondFactor, SnapshotId,
};
use governance::repository::{RepositoryError, Stored};
use model::ResourceId;
use sea_orm::sea_query::{Expr, ExprTrait as _, NullOrdering};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait as _, Order,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};

use super::look;
use crate::entity::access::code;
use crate::entity::access::resource::{Column, Entity, Model};
use crate::errors::failed;
use crate::keys;
use crate::repositories::{value, values};

pub(super) async fn page(
    connection: &DatabaseConnection,
    id: SnapshotId,
    query: &ResourceQuery,
    page: PageRequest,
) -> Stored<Option<Page<ListedResource>>> {
    let Some(moment) = look::at(connection, id).await? else {
        return Ok(None);
    };
    let found = Entity::find().filter(wanted(id, query));
    let total = count(&moment, found.clone()).await.map_err(failed)?;
    let rows = ordered(found, query).offset(page.skip()).limit(page.at_most());
    let rows = values(rows.all(&moment).await.map_err(failed)?)?;
    Ok(Some(Page { rows, total }))
}

pub(super) async fn one(
    connection: &DatabaseConnection,
    id: SnapshotId,
    resource: &ResourceId,
) -> Stored<Option<ListedResource>> {
    let Some(moment) = look::at(connection, id).await? else {
        return Ok(None);
    };
    value(find(&moment, id, resource).await?)
}

/// The row of a resource.
pub(super) async fn find(
    connection: &impl ConnectionTrait,
    id: SnapshotId,
    resource: &ResourceId,
) -> Result<Option<Model>, RepositoryError> {
    let similar = Entity::find()
        .filter(Column::Snapshot.eq(id.number()))
        .filter(Column::IdKey.eq(keys::of_resource(resource).short()));
    let similar = similar.all(connection).await.map_err(failed)?;
    Ok(similar
        .into_iter()
        .find(|found| keys::of_resource(&found.id()) == keys::of_resource(resource)))
}

/// How many rows there are.
pub(super) async fn count<E: sea_orm::EntityTrait>(
    connection: &impl ConnectionTrait,
    found: Select<E>,
) -> Result<u64, DbErr> {
    let count = found
        .select_only()
        .expr(Expr::val(1).count())
        .into_tuple::<i64>()
        .one(connection);
    Ok(count.await?.unwrap_or_default().unsigned_abs())
}

fn wanted(id: SnapshotId, query: &ResourceQuery) -> Condition {
    let kind = query.resource_type.as_ref();
    let search = Some(&query.search).filter(|text| !text.trim().is_empty());
    Condition::all()
        .add(Column::Snapshot.eq(id.number()))
        .add(Column::Known.eq(true))
        .add_option(kind.map(|kind| Column::TypeKey.eq(keys::of_type(kind))))
        .add_option(query.kind.map(|kind| Column::Kind.eq(code::kind(kind))))
        .add_option(
            query
                .lifecycle
                .map(|state| Column::Lifecycle.eq(code::lifecycle(state))),
        )
        .add_option(query.second_factor.map(second_factor))
        .add_option(search.map(|text| Expr::col(Column::SearchText).like(look::containing(text))))
}

fn second_factor(wanted: SecondFactor) -> Expr {
    match wanted {
        SecondFactor::On => Column::SecondFactor.eq(true),
        SecondFactor::Off => Column::SecondFactor.eq(false),
        SecondFactor::Unknown => Column::SecondFactor.is_null(),
    }
}

fn ordered(mut found: Select<Entity>, query: &ResourceQuery) -> Select<Entity> {
    let order = if query.descending { Order::Desc } else { Order::Asc };
    if query.order == ResourceOrder::Name {
        // As the indexes have it.
        return found
            .order_by(Column::SortName, order.clone())
            .order_by(Column::Number, order);
    }
    for column in columns(query.order) {
        found = found.order_by_with_nulls(*column, order.clone(), NullOrdering::Last);
    }
    found.order_by_asc(Column::SortName).order_by_asc(Column::Number)
}

fn columns(order: ResourceOrder) -> &'static [Column] {
    match order {
        ResourceOrder::Name => &[Column::SortName],
        ResourceOrder::Email => &[Column::Email],
        ResourceOrder::Type => &[Column::ResourceType],
        ResourceOrder::Status => &[Column::Lifecycle, Column::Status],
        ResourceOrder::SecondFactor => &[Column::SecondFactor],
        ResourceOrder::LastUsed => &[Column::LastUsedAt],
        ResourceOrder::Created => &[Column::CreatedAt],
        ResourceOrder::Expires => &[Column::ExpiresAt],
        ResourceOrder::Holds => &[Column::Holds],
    }
}
