//! Pages of who holds what.

use std::collections::HashMap;

use governance::access::{AccessGrant, Holder, HolderQuery, Holding, Page, PageRequest, SnapshotId};
use governance::repository::{RepositoryError, Stored};
use model::{EntitlementId, GrantId, GrantSource, ResourceId};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};

use super::lookup::Lookup;
use super::{look, resources, rights};
use crate::entity::access::grant::{Column, Entity, Model, usual_id};
use crate::entity::access::{entitlement, resource};
use crate::errors::failed;

pub(super) async fn holdings(
    connection: &DatabaseConnection,
    id: SnapshotId,
    principal: &ResourceId,
    page: PageRequest,
) -> Stored<Option<Page<Holding>>> {
    let Some(moment) = look::at(connection, id).await? else {
        return Ok(None);
    };
    let Some(principal) = resources::find(&moment, id, principal).await? else {
        return Ok(Some(nothing()));
    };
    let held = Entity::find()
        .filter(Column::Snapshot.eq(id.number()))
        .filter(Column::Principal.eq(principal.number));
    let total = resources::count(&moment, held.clone()).await.map_err(failed)?;
    let rows = by_entitlement(held).offset(page.skip()).limit(page.at_most());
    let rows = rows.all(&moment).await.map_err(failed)?;
    let lookup = Lookup::of_grants(&moment, id.number(), &rows).await?;
    let rows = rows.iter().map(|row| {
        Ok(Holding {
            grant: grant(row, &lookup)?,
            entitlement: lookup.listed_entitlement(row.entitlement)?,
            through: lookup.through(row)?,
        })
    });
    let rows = rows.collect::<Stored<_>>()?;
    Ok(Some(Page { rows, total }))
}

pub(super) async fn holders(
    connection: &DatabaseConnection,
    id: SnapshotId,
    entitlement: &EntitlementId,
    query: &HolderQuery,
    page: PageRequest,
) -> Stored<Option<Page<Holder>>> {
    let Some(moment) = look::at(connection, id).await? else {
        return Ok(None);
    };
    let Some(entitlement) = rights::find(&moment, id, entitlement).await? else {
        return Ok(Some(nothing()));
    };
    let held = with_principals(Entity::find().filter(wanted(id, entitlement.number, query)));
    let total = resources::count(&moment, held.clone()).await.map_err(failed)?;
    let keys = some_keys(&moment, held, page).await.map_err(failed)?;
    let rows = of_keys(&moment, id, entitlement.number, &keys)
        .await
        .map_err(failed)?;
    let lookup = Lookup::of_grants(&moment, id.number(), &rows).await?;
    let rows = rows.iter().map(|row| {
        Ok(Holder {
            grant: grant(row, &lookup)?,
            principal: lookup.listed_resource(row.principal)?,
            through: lookup.through(row)?,
        })
    });
    let rows = rows.collect::<Stored<_>>()?;
    Ok(Some(Page { rows, total }))
}

fn nothing<T>() -> Page<T> {
    Page {
        rows: Vec::new(),
        total: 0,
    }
}

fn wanted(id: SnapshotId, entitlement: i64, query: &HolderQuery) -> Condition {
    let search = Some(&query.search).filter(|text| !text.trim().is_empty());
    let in_text = Expr::col((resource::Entity, resource::Column::SearchText));
    Condition::all()
        .add(Column::Snapshot.eq(id.number()))
        .add(Column::Entitlement.eq(entitlement))
        .add_option(query.direct.map(|direct| Column::Direct.eq(direct)))
        .add_option(search.map(|text| in_text.like(look::containing(text))))
}

fn by_entitlement(mut held: Select<Entity>) -> Select<Entity> {
    let same_snapshot = column(Column::Snapshot).equals((entitlement::Entity, entitlement::Column::Snapshot));
    let same_number = column(Column::Entitlement).equals((entitlement::Entity, entitlement::Column::Number));
    sea_orm::QuerySelect::query(&mut held).inner_join(entitlement::Entity, same_snapshot.and(same_number));
    held.order_by_asc(entitlement::Column::SortName)
        .order_by_asc(Column::Entitlement)
        .order_by_asc(Column::IdKey)
}

fn with_principals(mut held: Select<Entity>) -> Select<Entity> {
    let same_snapshot = column(Column::Snapshot).equals((resource::Entity, resource::Column::Snapshot));
    let same_number = column(Column::Principal).equals((resource::Entity, resource::Column::Number));
    sea_orm::QuerySelect::query(&mut held).inner_join(resource::Entity, same_snapshot.and(same_number));
    held
}

/// Who, and which of the grants to them. No more than that is in the index by which SQLite finds the holders of one thing;
/// asked for more, it would rather look through all grants.
async fn some_keys(
    connection: &impl ConnectionTrait,
    held: Select<Entity>,
    page: PageRequest,
) -> Result<Vec<(i64, i64)>, DbErr> {
    let keys = held
        .select_only()
        .columns([Column::Principal, Column::IdKey])
        .order_by_asc(resource::Column::SortName)
        .order_by_asc(Column::Principal)
        .order_by_asc(Column::IdKey)
        .offset(page.skip())
        .limit(page.at_most());
    keys.into_tuple().all(connection).await
}

/// The grants of these keys, in their order.
async fn of_keys(
    connection: &impl ConnectionTrait,
    id: SnapshotId,
    entitlement: i64,
    keys: &[(i64, i64)],
) -> Result<Vec<Model>, DbErr> {
    let found = Entity::find()
        .filter(Column::Snapshot.eq(id.number()))
        .filter(Column::Entitlement.eq(entitlement))
        .filter(Column::Principal.is_in(keys.iter().map(|(principal, _)| *principal)));
    let found = found.all(connection).await?;
    let mut found: HashMap<_, _> = found
        .into_iter()
        .map(|row| ((row.principal, row.id_key), row))
        .collect();
    Ok(keys.iter().filter_map(|key| found.remove(key)).collect())
}

fn column(column: Column) -> Expr {
    Expr::col((Entity, column))
}

/// The grant as the file has it.
fn grant(row: &Model, lookup: &Lookup) -> Result<AccessGrant, RepositoryError> {
    let entitlement = lookup.entitlement(row.entitlement)?;
    let principal = lookup.resource(row.principal)?.id();
    let usual = || usual_id(&entitlement.id, &principal);
    let sources = row.sources()?;
    let sources = sources.iter().map(|source| {
        let is_direct = source.direct;
        let id = lookup.entitlement(source.entitlement)?.id.as_str().into();
        Ok((id, GrantSource { is_direct }))
    });
    Ok(AccessGrant {
        id: GrantId::new(row.id.clone().unwrap_or_else(usual)),
        entitlement: entitlement.id.as_str().into(),
        resource: lookup.resource(entitlement.resource)?.id(),
        direct: row.direct,
        immutable: row.immutable,
        sources: sources.collect::<Stored<_>>()?,
        principal,
    })
}
