//! Taking rows out, all of one moment.

use std::collections::BTreeSet;
use std::io::Write;

use futures_util::TryStreamExt as _;
use governance::Upload;
use governance::repository::RepositoryError;
use sea_orm::{
    AccessMode, ColumnTrait as _, DatabaseTransaction, DbBackend, EntityTrait as _, IsolationLevel,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, StreamTrait as _, TransactionTrait as _,
};

use super::tables::{self, Table};
use super::{BackupError, PASSING, line};
use crate::entity::upload;
use crate::{Database, migrations};

/// The database as it was at one moment, whatever is written meanwhile. Whoever writes does not wait for it.
pub struct Moment {
    transaction: DatabaseTransaction,
    tables: Vec<Table>,
    schema: Vec<String>,
}

/// How much was taken out or put back.
pub type Rows = u64;

impl Database {
    /// Holds this moment.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn moment(&self) -> Result<Moment, BackupError> {
        let schema = migrations::made(&self.connection).await?;
        let transaction = match self.connection.get_database_backend() {
            DbBackend::Postgres => {
                let (level, mode) = (IsolationLevel::RepeatableRead, AccessMode::ReadOnly);
                self.connection.begin_with_config(Some(level), Some(mode)).await?
            }
            // A reader sees what was there when it first read, to its end.
            _ => self.connection.begin().await?,
        };
        let tables = tables::all(&transaction).await?;
        let tables = tables
            .into_iter()
            .filter(|table| !PASSING.contains(&table.name.as_str()));
        Ok(Moment {
            tables: tables.collect(),
            transaction,
            schema,
        })
    }
}

impl Moment {
    /// The migrations by which the tables came to be.
    pub fn schema(&self) -> &[String] {
        &self.schema
    }

    /// All tables with something to keep.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// Writes all rows of a table as lines, one after the other; `seen` is told of each.
    ///
    /// # Errors
    /// When the database fails, or when they cannot be written.
    pub async fn write(
        &self,
        table: &Table,
        out: &mut (dyn Write + Send),
        mut seen: impl FnMut(Rows),
    ) -> Result<Rows, BackupError> {
        writeln!(out, "{}", line::head(table))?;
        let mut count = 0;
        let mut rows = self.transaction.stream(&table.select()).await?;
        while let Some(row) = rows.try_next().await? {
            writeln!(out, "{}", line::written(table, &row)?)?;
            count += 1;
            seen(count);
        }
        Ok(count)
    }

    /// The files that the object store had at this moment.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn files(&self) -> Result<Vec<Upload>, BackupError> {
        let kept = upload::Entity::find()
            .filter(upload::Column::State.eq(upload::KEPT))
            .order_by_asc(upload::Column::ObjectKey);
        let rows = kept.all(&self.transaction).await?;
        let uploads: Result<Vec<Upload>, RepositoryError> = rows.into_iter().map(Upload::try_from).collect();
        Ok(uploads?)
    }
}

impl Moment {
    /// The keys of all files that rows name, also of those that are on their way.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn file_keys(&self) -> Result<BTreeSet<String>, BackupError> {
        let keys = upload::Entity::find()
            .select_only()
            .column(upload::Column::ObjectKey)
            .into_tuple::<String>();
        Ok(keys.all(&self.transaction).await?.into_iter().collect())
    }
}

impl std::fmt::Debug for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Moment")
            .field("schema", &self.schema)
            .finish_non_exhaustive()
    }
}
