//! What becomes of a snapshot: begun, whole, current, retired.

use chrono::{DateTime, Utc};
use governance::ConnectorId;
use governance::access::{Snapshot, SnapshotId};
use governance::repository::{Stored, Written};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use crate::entity::access::snapshot::{
    CANDIDATE, CURRENT, Column, Entity, FILLING, Model, REMOVING, RETIRED, WHOLE,
};
use crate::entity::access::type_counts;
use crate::entity::stored;
use crate::errors::{failed, is_taken};
use crate::repositories::values;

/// The id of the one that everybody sees.
pub(super) async fn current_id(
    connection: &impl ConnectionTrait,
    connector: &ConnectorId,
) -> Stored<Option<i64>> {
    let current = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::CurrentOf.eq(connector.as_str()));
    current.into_tuple().one(connection).await.map_err(failed)
}

pub(super) async fn current(
    connection: &impl ConnectionTrait,
    connector: &ConnectorId,
) -> Stored<Option<Snapshot>> {
    let current = Entity::find().filter(Column::CurrentOf.eq(connector.as_str()));
    match current.one(connection).await.map_err(failed)? {
        Some(found) => whole(connection, found).await.map(Some),
        None => Ok(None),
    }
}

pub(super) async fn candidates(
    connection: &impl ConnectionTrait,
    connector: &ConnectorId,
) -> Stored<Vec<Snapshot>> {
    let newest = Entity::find()
        .filter(Column::ConnectorId.eq(connector.as_str()))
        .filter(Column::State.eq(CANDIDATE))
        .order_by_desc(Column::Id);
    let mut candidates = Vec::new();
    for found in newest.all(connection).await.map_err(failed)? {
        candidates.push(whole(connection, found).await?);
    }
    Ok(candidates)
}

pub(super) async fn snapshot(connection: &impl ConnectionTrait, id: SnapshotId) -> Stored<Option<Snapshot>> {
    let found = Entity::find_by_id(id.number()).filter(Column::State.is_in(WHOLE));
    match found.one(connection).await.map_err(failed)? {
        Some(found) => whole(connection, found).await.map(Some),
        None => Ok(None),
    }
}

async fn whole(connection: &impl ConnectionTrait, found: Model) -> Stored<Snapshot> {
    let types = type_counts::Entity::find()
        .filter(type_counts::Column::Snapshot.eq(found.id))
        .order_by_asc(type_counts::Column::Position);
    let types = values(types.all(connection).await.map_err(failed)?)?;
    found.with(types)
}

/// Notes a sign of life, as the first thing in a transaction: nobody takes the snapshot for dead before that ends.
pub(super) async fn touch(
    connection: &impl ConnectionTrait,
    id: SnapshotId,
    now: DateTime<Utc>,
) -> Result<Written, DbErr> {
    change(connection, one(id, FILLING), FILLING, now).await
}

pub(in crate::repositories) async fn make_current(
    on: &impl ConnectionTrait,
    id: SnapshotId,
    now: DateTime<Utc>,
) -> Result<Written, DbErr> {
    let Some(candidate) = Entity::find_by_id(id.number()).one(on).await? else {
        return Ok(Written::Outdated);
    };
    match replace(on, &candidate, now).await {
        // Another has become the first one.
        Err(error) if is_taken(&error) => Ok(Written::Outdated),
        replaced => replaced,
    }
}

/// The base gives up its place, the candidate takes it, and the other candidates have none to take any more.
async fn replace(on: &impl ConnectionTrait, candidate: &Model, now: DateTime<Utc>) -> Result<Written, DbErr> {
    if let Some(base) = candidate.base {
        let base = one(SnapshotId::from_number(base), CURRENT);
        if change(on, base, RETIRED, now).await? == Written::Outdated {
            return Ok(Written::Outdated);
        }
    }
    let own = one(SnapshotId::from_number(candidate.id), CANDIDATE);
    if take_place(on, own, &candidate.connector_id, now).await? == Written::Outdated {
        return Ok(Written::Outdated);
    }
    let others = Condition::all()
        .add(Column::ConnectorId.eq(candidate.connector_id.as_str()))
        .add(Column::State.eq(CANDIDATE));
    change(on, others, RETIRED, now).await?;
    Ok(Written::Yes)
}

async fn take_place(
    connection: &impl ConnectionTrait,
    which: Condition,
    connector: &str,
    now: DateTime<Utc>,
) -> Result<Written, DbErr> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(CURRENT))
        .col_expr(Column::StateSince, Expr::value(stored(now)))
        .col_expr(Column::CurrentOf, Expr::value(connector))
        .filter(which);
    Ok(written(update.exec(connection).await?.rows_affected))
}

pub(in crate::repositories) async fn retire_candidate(
    on: &impl ConnectionTrait,
    id: SnapshotId,
    now: DateTime<Utc>,
) -> Result<Written, DbErr> {
    change(on, one(id, CANDIDATE), RETIRED, now).await
}

/// Lets those be removed.
pub(super) async fn give_up(
    connection: &impl ConnectionTrait,
    which: Condition,
    now: DateTime<Utc>,
) -> Result<Written, DbErr> {
    change(connection, which, REMOVING, now).await
}

/// Another state than *current*, which only one has.
async fn change(
    connection: &impl ConnectionTrait,
    which: Condition,
    state: &str,
    now: DateTime<Utc>,
) -> Result<Written, DbErr> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::StateSince, Expr::value(stored(now)))
        .col_expr(Column::CurrentOf, Expr::value(None::<String>))
        .filter(which);
    Ok(written(update.exec(connection).await?.rows_affected))
}

fn one(id: SnapshotId, state: &str) -> Condition {
    Condition::all()
        .add(Column::Id.eq(id.number()))
        .add(Column::State.eq(state))
}

fn written(rows: u64) -> Written {
    match rows {
        0 => Written::Outdated,
        _ => Written::Yes,
    }
}
