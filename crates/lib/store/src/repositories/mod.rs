//! The domain's repositories, by table.

mod access;
mod connectors;
mod credentials;
mod directory;
mod keys;
mod leases;
mod ledger;
mod letters;
mod logs;
mod people;
mod places;
mod sealed;
mod tasks;
mod uploads;
mod workers;

use async_trait::async_trait;
use governance::repository::{Presence, RepositoryError, Stored, Written};
use sea_orm::sea_query::LikeExpr;
use sea_orm::{DbErr, EntityTrait as _, QuerySelect as _};

use crate::Database;
use crate::entity::connector;
use crate::errors::failed;

#[async_trait]
impl Presence for Database {
    /// A question about a table: some databases answer others without looking at anything.
    async fn is_there(&self) -> Stored<()> {
        let any = connector::Entity::find()
            .select_only()
            .column(connector::Column::Id)
            .limit(1)
            .into_tuple::<String>();
        any.one(&self.connection).await.map(|_| ()).map_err(failed)
    }
}

/// How many rows were inserted, where a row that is there already is no mistake.
fn rows(inserted: Result<u64, DbErr>) -> Result<u64, DbErr> {
    match inserted {
        Err(DbErr::RecordNotInserted) => Ok(0),
        other => other,
    }
}

/// Whether a change was written, by how many rows it changed.
fn written(rows: u64) -> Written {
    if rows > 0 { Written::Yes } else { Written::Outdated }
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

/// A pattern in which nothing is special but its ends.
fn anywhere(needle: &str) -> LikeExpr {
    let mut pattern = String::from("%");
    for letter in needle.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape('\\')
}
