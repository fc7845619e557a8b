//! Opening a database.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::time::Duration;

use governance::repository::RepositoryError;
use sea_orm::{DatabaseConnection, SqlxPostgresConnector, SqlxSqliteConnector};
use sqlx::Connection as _;
use sqlx::PgConnection;
use sqlx::pool::PoolOptions;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};

use crate::migrations;

/// How many connections there are to a file: some for readers, who do not wait for the one that writes.
const TO_A_FILE: u32 = 8;
/// How many connections there are to a server.
const TO_A_SERVER: u32 = 16;
/// How long a connection may take to be had, and a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open database; cheap to clone.
#[derive(Clone, Debug)]
pub struct Database {
    pub(crate) connection: DatabaseConnection,
}

impl Database {
    /// Opens a SQLite database in a file, and makes it if there is none: with its folder, for nobody else to read.
    ///
    /// # Errors
    /// When the file cannot be made or used, or was made by a newer version.
    pub async fn sqlite(file: &Path) -> Result<Self, RepositoryError> {
        let (connection, _turn) = to_file(file).await?;
        migrations::run(&connection).await?;
        Ok(Self { connection })
    }

    /// A SQLite database in memory, gone with the last clone of it.
    ///
    /// # Errors
    /// When SQLite does not work at all.
    pub async fn in_memory() -> Result<Self, RepositoryError> {
        let pool = PoolOptions::new()
            .max_connections(1)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            // A connection that is being tested is closed when whoever wanted it goes away, and with it the database.
            .test_before_acquire(false)
            .connect_with(SqliteConnectOptions::new().in_memory(true).foreign_keys(true))
            .await
            .map_err(|error| unusable(format!("cannot open a database in memory: {error}"), error))?;
        let connection = SqlxSqliteConnector::from_sqlx_sqlite_pool(pool);
        migrations::run(&connection).await?;
        Ok(Self { connection })
    }

    /// Opens a PostgreSQL database, named as `postgres://USER:PASSWORD@HOST/NAME`. It has to exist; what is needed in
    /// it is made. The text is not said in errors, since it can hold a password.
    ///
    /// # Errors
    /// When the text is no such name, when the server refuses or cannot be reached, or when the database was made by a
    /// newer version.
    pub async fn postgres(url: &str) -> Result<Self, RepositoryError> {
        let (connection, turn) = to_server(url).await?;
        migrations::run(&connection).await?;
        let close = turn.close().await;
        close.map_err(|error| unusable(format!("the PostgreSQL server does not let go: {error}"), error))?;
        Ok(Self { connection })
    }

    /// Ends all connections; what is under way is waited for.
    ///
    /// # Errors
    /// When the database does not let go.
    pub async fn close(self) -> Result<(), RepositoryError> {
        self.connection.close().await.map_err(crate::errors::failed)
    }
}

/// A file's connections, and the turn of whoever may change its tables.
pub(crate) async fn to_file(file: &Path) -> Result<(DatabaseConnection, File), RepositoryError> {
    prepare(file).map_err(|error| unusable(format!("cannot use {}: {error}", file.display()), error))?;
    let lock = lock_of(file);
    let turn = migrations::turn(&lock)
        .await
        .map_err(|error| unusable(format!("cannot lock {}: {error}", lock.display()), error))?;
    // Every commit is on the disk before it is answered: a task that was finished stays so.
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE);
    let pool = PoolOptions::new()
        .max_connections(TO_A_FILE)
        .acquire_timeout(PATIENCE)
        .connect_with(options)
        .await
        .map_err(|error| unusable(format!("cannot open {}: {error}", file.display()), error))?;
    Ok((SqlxSqliteConnector::from_sqlx_sqlite_pool(pool), turn))
}

/// A server's connections, and the turn of whoever may change its tables.
pub(crate) async fn to_server(url: &str) -> Result<(DatabaseConnection, PgConnection), RepositoryError> {
    let options = named(url)?;
    let place = format!(
        "{}/{}",
        options.get_host(),
        options.get_database().unwrap_or_default()
    );
    let failed = |error: sqlx::Error| {
        unusable(
            format!("cannot use the PostgreSQL database {place}: {error}"),
            error,
        )
    };
    let turn = migrations::turn_on_server(&options, PATIENCE)
        .await
        .map_err(failed)?;
    let pool = PgPoolOptions::new()
        .max_connections(TO_A_SERVER)
        .acquire_timeout(PATIENCE)
        .connect_with(options)
        .await
        .map_err(failed)?;
    Ok((SqlxPostgresConnector::from_sqlx_postgres_pool(pool), turn))
}

/// What a text names. A password with signs of its own in it makes other parts of the text look like something that
/// may be said, so such a text is none.
fn named(url: &str) -> Result<PgConnectOptions, RepositoryError> {
    let is_url = url.starts_with("postgres://") || url.starts_with("postgresql://");
    let options = PgConnectOptions::from_str(url).and_then(|options| {
        let shifted = options.get_database().is_some_and(|name| name.contains('@'));
        let fits = is_url && !shifted;
        fits.then_some(options)
            .ok_or_else(|| sqlx::Error::Configuration("it has other parts".into()))
    });
    options.map_err(|error| {
        let expected = "postgres://USER:PASSWORD@HOST/NAME, with %XX for signs in the password";
        unusable(
            format!("this is no name of a PostgreSQL database: {expected}"),
            error,
        )
    })
}

/// The folder and the file, for nobody else to read. The files that SQLite makes beside it take over its mode.
fn prepare(file: &Path) -> std::io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.exists()) {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
    }
    for_us_alone(file).map(|_| ())
}

/// Opens a file, and makes it if there is none, for nobody else to read.
pub(crate) fn for_us_alone(file: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}

/// The file beside a database whose holder may change the tables. Its name is longer than the database's, whatever
/// that is.
fn lock_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".lock");
    name.into()
}

pub(crate) fn unusable(
    message: String,
    source: impl std::error::Error + Send + Sync + 'static,
) -> RepositoryError {
    RepositoryError::Database {
        message,
        source: Box::new(source),
    }
}
