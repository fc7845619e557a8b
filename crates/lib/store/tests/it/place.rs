//! Where a test has its database.

use governance::repository::RepositoryError;
use sqlx::{Connection as _, PgConnection, SqliteConnection};
use store::Database;
use tempfile::TempDir;
use testkit::postgres::Fresh;

/// Where a database is that outlives its connections; gone with this value.
#[derive(Debug)]
pub(crate) enum Place {
    File(TempDir),
    Server(Box<Fresh>),
}

impl Place {
    pub(crate) fn file() -> Self {
        Self::File(tempfile::tempdir().unwrap())
    }

    pub(crate) async fn server() -> Self {
        Self::Server(Box::new(Fresh::new().await))
    }

    pub(crate) async fn try_open(&self) -> Result<Database, RepositoryError> {
        match self {
            Self::File(folder) => Database::sqlite(&folder.path().join("rollcall.db")).await,
            Self::Server(fresh) => Database::postgres(&fresh.url()).await,
        }
    }

    pub(crate) async fn open(&self) -> Database {
        self.try_open().await.unwrap()
    }

    /// Does to the tables what no version of the program would.
    pub(crate) async fn execute(&self, sql: &'static str) {
        match self {
            Self::File(folder) => {
                let file = folder.path().join("rollcall.db");
                let url = format!("sqlite://{}?mode=rwc", file.display());
                let mut connection = SqliteConnection::connect(&url).await.unwrap();
                sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
                connection.close().await.unwrap();
            }
            Self::Server(fresh) => {
                let mut connection = PgConnection::connect(&fresh.url()).await.unwrap();
                sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
                connection.close().await.unwrap();
            }
        }
    }
}
