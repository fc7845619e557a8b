//! A database as it is, for whoever wants to know whether it is well. Its tables are not brought up to date.

use std::path::Path;

use chrono::{DateTime, Utc};
use governance::repository::{RepositoryError, Stored};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, DbErr, QueryResult, Statement};

use crate::errors::failed;
use crate::{database, migrations};

/// A database as it is.
#[derive(Debug)]
pub struct Condition {
    connection: DatabaseConnection,
}

/// How old its tables are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// Those of this program.
    Current,
    /// Older by so many steps.
    Older(usize),
}

impl Condition {
    /// Of a file that is there.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn of_file(file: &Path) -> Stored<Self> {
        let (connection, _turn) = database::to_file(file).await?;
        Ok(Self { connection })
    }

    /// Of a database on a PostgreSQL server.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub async fn of_server(url: &str) -> Stored<Self> {
        let (connection, _turn) = database::to_server(url).await?;
        Ok(Self { connection })
    }

    /// How the database is called.
    pub fn kind(&self) -> &'static str {
        match self.connection.get_database_backend() {
            DbBackend::Postgres => "PostgreSQL",
            _ => "SQLite",
        }
    }

    /// How old its tables are.
    ///
    /// # Errors
    /// When it fails, or when a newer version has changed it.
    pub async fn schema(&self) -> Stored<Schema> {
        let made = migrations::made(&self.connection).await?.len();
        let lacking = migrations::names().len().saturating_sub(made);
        Ok(if lacking == 0 {
            Schema::Current
        } else {
            Schema::Older(lacking)
        })
    }

    /// What is broken in it. A server sees to that by itself.
    ///
    /// # Errors
    /// When it fails.
    pub async fn faults(&self) -> Stored<Vec<String>> {
        if self.connection.get_database_backend() == DbBackend::Postgres {
            return Ok(Vec::new());
        }
        let check = Statement::from_string(DbBackend::Sqlite, "PRAGMA integrity_check(20)");
        let rows = self.connection.query_all_raw(check).await.map_err(failed)?;
        let texts: Result<Vec<String>, DbErr> = rows.iter().map(|row| row.try_get_by_index(0)).collect();
        let texts = texts.map_err(failed)?;
        Ok(texts.into_iter().filter(|text| text != "ok").collect())
    }

    /// What time it is there.
    ///
    /// # Errors
    /// When it fails.
    pub async fn clock(&self) -> Stored<DateTime<Utc>> {
        let backend = self.connection.get_database_backend();
        let sql = match backend {
            DbBackend::Postgres => "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)",
            _ => "SELECT CAST((julianday('now') - 2440587.5) * 86400000 AS BIGINT)",
        };
        let row = self
            .connection
            .query_one_raw(Statement::from_string(backend, sql))
            .await;
        let millis = row
            .and_then(|row: Option<QueryResult>| row.map(|row| row.try_get_by_index::<i64>(0)).transpose())
            .map_err(failed)?;
        millis
            .and_then(DateTime::from_timestamp_millis)
            .ok_or_else(|| RepositoryError::Impossible {
                what: "the database has no time".to_owned(),
            })
    }
}
