//! How the tables came to be: forward only, one process at a time.

mod m1_begin;

use std::fs::File;
use std::path::Path;

use governance::repository::RepositoryError;
use sea_orm::{DatabaseConnection, DbErr, SqlxPostgresConnector};
use sea_orm_migration::{MigrationTrait, MigratorTrait, async_trait};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::database::unusable;
use crate::errors::failed;

/// The number under which PostgreSQL keeps others out meanwhile; any number would do that nobody else uses.
const TURN: i64 = 0x726f_6c6c_6361_6c6c;

struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m1_begin::Migration)]
    }
}

/// Why a server's database could not be brought up to date.
pub(crate) enum ServerError {
    Connect(sqlx::Error),
    Migrate(RepositoryError),
}

/// Brings the tables up to date.
pub(crate) async fn run(connection: &DatabaseConnection) -> Result<(), RepositoryError> {
    Migrator::up(connection, None).await.map_err(explained)
}

/// Brings the tables of a file up to date; a file beside it keeps others out meanwhile.
pub(crate) async fn run_alone(connection: &DatabaseConnection, lock: &Path) -> Result<(), RepositoryError> {
    let waiting = |error: std::io::Error| unusable(format!("cannot lock {}: {error}", lock.display()), error);
    let held = File::create(lock).map_err(waiting)?;
    let held = tokio::task::spawn_blocking(move || held.lock().map(|()| held))
        .await
        .map_err(std::io::Error::other)
        .flatten()
        .map_err(waiting)?;
    let done = run(connection).await;
    drop(held);
    done
}

/// Brings the tables of a server's database up to date. The turn belongs to a connection, so there is only that one.
pub(crate) async fn run_on_server(options: &PgConnectOptions) -> Result<(), ServerError> {
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .connect_with(options.clone());
    let pool = pool.await.map_err(ServerError::Connect)?;
    sqlx::query("SELECT pg_advisory_lock($1)")
        .bind(TURN)
        .execute(&pool)
        .await
        .map_err(ServerError::Connect)?;
    let connection = SqlxPostgresConnector::from_sqlx_postgres_pool(pool.clone());
    let done = run(&connection).await.map_err(ServerError::Migrate);
    // With the connection, the turn ends.
    pool.close().await;
    done
}

/// A migration that was made and is not known here comes from a newer version.
fn explained(error: DbErr) -> RepositoryError {
    match error {
        DbErr::Custom(text) if text.contains("is missing") => RepositoryError::Database {
            message: "a newer version of this program has changed it; use that one".to_owned(),
            source: text.into(),
        },
        other => failed(other),
    }
}
