//! The domain's repositories, by table.

mod access;
mod connectors;
mod credentials;
mod tasks;
mod uploads;
mod workers;

use governance::repository::{RepositoryError, Stored};
use sea_orm::DbErr;

/// How many rows were inserted, where a row that is there already is no mistake.
fn rows(inserted: Result<u64, DbErr>) -> Result<u64, DbErr> {
    match inserted {
        Err(DbErr::RecordNotInserted) => Ok(0),
        other => other,
    }
}

/// A limit as both databases can have it.
fn up_to(at_most: u64) -> u64 {
    at_most.min(i64::MAX.unsigned_abs())
}

/// All rows as the domain's values.
fn values<M, V>(rows: Vec<M>) -> Stored<Vec<V>>
where
    V: TryFrom<M, Error = RepositoryError>,
{
    rows.into_iter().map(V::try_from).collect()
}

/// A row as the domain's value, if there is one.
fn value<M, V>(row: Option<M>) -> Stored<Option<V>>
where
    V: TryFrom<M, Error = RepositoryError>,
{
    row.map(V::try_from).transpose()
}
