//! How the tables came to be: forward only, one process at a time.

mod columns;
mod m10_types;
mod m1_begin;
mod m2_console;
mod m3_access;
mod m4_log;
mod m5_api_keys;
mod m6_sign_in;
mod m7_run_changes;
mod m8_leases;
mod m9_directory;

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use governance::repository::RepositoryError;
use sea_orm::{DatabaseConnection, DbErr};
use sea_orm_migration::{MigrationTrait, MigratorTrait, async_trait};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, PgConnection};

use crate::database::for_us_alone;
use crate::errors::failed;

/// The number under which PostgreSQL keeps others out meanwhile; any number would do that nobody else uses.
const TURN: i64 = 0x726f_6c6c_6361_6c6c;

struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m1_begin::Migration),
            Box::new(m2_console::Migration),
            Box::new(m3_access::Migration),
            Box::new(m4_log::Migration),
            Box::new(m5_api_keys::Migration),
            Box::new(m6_sign_in::Migration),
            Box::new(m7_run_changes::Migration),
            Box::new(m8_leases::Migration),
            Box::new(m9_directory::Migration),
            Box::new(m10_types::Migration),
        ]
    }
}

/// Brings the tables up to date.
pub(crate) async fn run(connection: &DatabaseConnection) -> Result<(), RepositoryError> {
    Migrator::up(connection, None).await.map_err(explained)
}

/// The names of all that there are, in their order.
pub(crate) fn names() -> Vec<String> {
    let all = Migrator::migrations();
    all.iter().map(|migration| migration.name().to_owned()).collect()
}

/// Brings the tables of an empty database as far as so many of them.
pub(crate) async fn run_some(connection: &DatabaseConnection, count: usize) -> Result<(), RepositoryError> {
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    Migrator::up(connection, Some(count)).await.map_err(explained)
}

/// Which of them a database has had, in the order in which they are made.
pub(crate) async fn made(connection: &DatabaseConnection) -> Result<Vec<String>, RepositoryError> {
    let made = Migrator::get_applied_migrations(connection).await;
    let made = made.map_err(explained)?;
    Ok(made.iter().map(|migration| migration.name().to_owned()).collect())
}

/// Waits until nobody else is at it; keeps others out until the value is dropped.
pub(crate) async fn turn(lock: &Path) -> std::io::Result<File> {
    let held = for_us_alone(lock)?;
    tokio::task::spawn_blocking(move || held.lock().map(|()| held))
        .await
        .map_err(std::io::Error::other)
        .flatten()
}

/// Waits until nobody else is at it; keeps others out until the connection ends. It is not one of a pool, which would
/// try until its patience is over and then not say why.
pub(crate) async fn turn_on_server(
    options: &PgConnectOptions,
    patience: Duration,
) -> Result<PgConnection, sqlx::Error> {
    let connection = tokio::time::timeout(patience, options.connect());
    let mut connection = connection
        .await
        .map_err(|_| std::io::Error::from(std::io::ErrorKind::TimedOut))??;
    sqlx::query("SELECT pg_advisory_lock($1)")
        .bind(TURN)
        .execute(&mut connection)
        .await?;
    Ok(connection)
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
