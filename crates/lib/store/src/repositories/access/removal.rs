//! Removing what is over, portion by portion.

use governance::access::SnapshotsOver;
use governance::repository::Stored;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, TransactionTrait as _,
};

use super::{life, sql};
use crate::entity::access::snapshot::{Column, Entity, FILLING, REMOVING, RETIRED};
use crate::entity::stored;
use crate::errors::failed;
use crate::repositories::up_to;

/// A table of rows, and what they are removed in the order of.
const LARGE: [(&str, &str); 3] = [
    ("access_grants", "principal"),
    ("access_entitlements", "number"),
    ("access_resources", "number"),
];
/// Tables of a few rows each.
const SMALL: [&str; 2] = ["access_types", "access_tallies"];

pub(super) async fn remove(
    connection: &DatabaseConnection,
    over: &SnapshotsOver,
    at_most: u64,
) -> Stored<u64> {
    mark(connection, over).await.map_err(failed)?;
    let next = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::State.eq(REMOVING))
        .order_by_asc(Column::Id)
        .into_tuple::<i64>();
    match next.one(connection).await.map_err(failed)? {
        Some(snapshot) => portion(connection, snapshot, up_to(at_most.max(1)))
            .await
            .map_err(failed),
        None => Ok(0),
    }
}

/// From here on nobody looks at them, nor writes.
async fn mark(connection: &impl ConnectionTrait, over: &SnapshotsOver) -> Result<(), DbErr> {
    let since = |state: &str, time| {
        Condition::all()
            .add(Column::State.eq(state))
            .add(Column::StateSince.lt(stored(time)))
    };
    let dead = since(FILLING, over.silent_since);
    let retired = since(RETIRED, over.retired_before);
    life::give_up(
        connection,
        Condition::any().add(dead).add(retired),
        over.silent_since,
    )
    .await?;
    Ok(())
}

/// Some rows of the first table that has any; at the end the snapshot itself.
async fn portion(connection: &DatabaseConnection, snapshot: i64, at_most: u64) -> Result<u64, DbErr> {
    for (table, order) in LARGE {
        let removed = rows(connection, snapshot, at_most, (table, order)).await?;
        if removed > 0 {
            return Ok(removed);
        }
    }
    let transaction = connection.begin().await?;
    let mut removed = Entity::delete_by_id(snapshot)
        .exec(&transaction)
        .await?
        .rows_affected;
    for table in SMALL {
        let delete = format!("DELETE FROM {table} WHERE snapshot = ?");
        removed += sql::execute(&transaction, &delete, vec![snapshot.into()]).await?;
    }
    transaction.commit().await?;
    Ok(removed)
}

/// Removes the first rows, up to one that is about so far away: neither database can be told to delete so many.
async fn rows(
    connection: &impl ConnectionTrait,
    snapshot: i64,
    at_most: u64,
    (table, order): (&str, &str),
) -> Result<u64, DbErr> {
    let last = format!("SELECT {order} FROM {table} WHERE snapshot = ? ORDER BY {order} LIMIT 1 OFFSET ?");
    let skip = i64::try_from(at_most - 1).unwrap_or(i64::MAX);
    let last = sql::number(connection, &last, vec![snapshot.into(), skip.into()]).await?;
    let delete = format!("DELETE FROM {table} WHERE snapshot = ? AND {order} <= ?");
    let until = last.unwrap_or(i64::MAX);
    sql::execute(connection, &delete, vec![snapshot.into(), until.into()]).await
}
