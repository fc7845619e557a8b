//! Putting rows back.

use std::fs::File;
use std::io::BufRead;
use std::path::Path;

use governance::repository::RepositoryError;
use sea_orm::sea_query::{Alias, Expr, ExprTrait as _, Query};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, Statement,
    TransactionTrait as _, Value,
};
use serde_json::Value as Json;
use sqlx::PgConnection;

use super::moment::Rows;
use super::tables::{self, Column, MIGRATIONS, Table};
use super::{BackupError, PASSING, is_known, line};
use crate::entity::{audit_head, provisioning};
use crate::{Database, database, migrations};

/// How many values go into one statement; both databases take more.
const VALUES: usize = 8_000;

/// A database in which nothing is; nobody else opens it meanwhile.
pub struct Empty {
    connection: DatabaseConnection,
    turn: Turn,
}

/// What keeps others out while it is held.
enum Turn {
    File { _held: File },
    Server { _held: Box<PgConnection> },
}

/// Rows that are being put back: all of them with [`Restore::finish`], or none.
pub struct Restore {
    empty: Empty,
    transaction: DatabaseTransaction,
    tables: Vec<Table>,
}

impl Empty {
    /// The database in a file, which is made if there is none.
    ///
    /// # Errors
    /// When there is something in it, or when it cannot be used.
    pub async fn file(file: &Path) -> Result<Self, BackupError> {
        let (connection, turn) = database::to_file(file).await?;
        Self::checked(connection, Turn::File { _held: turn }).await
    }

    /// The database on a PostgreSQL server.
    ///
    /// # Errors
    /// When there is something in it, or when it cannot be used.
    pub async fn server(url: &str) -> Result<Self, BackupError> {
        let (connection, turn) = database::to_server(url).await?;
        let turn = Box::new(turn);
        Self::checked(connection, Turn::Server { _held: turn }).await
    }

    async fn checked(connection: DatabaseConnection, turn: Turn) -> Result<Self, BackupError> {
        let tables = tables::with_migrations(&connection).await?;
        // Tables of somebody else are not ours to take the place of.
        let are_ours = tables.iter().any(|table| table.name == MIGRATIONS);
        for table in tables {
            if !are_ours {
                return Err(BackupError::NotEmpty { table: table.name });
            }
            if !PASSING.contains(&table.name.as_str()) && is_used(&connection, &table).await? {
                return Err(BackupError::NotEmpty { table: table.name });
            }
        }
        Ok(Self { connection, turn })
    }

    /// Makes the tables as they were by these migrations, and begins.
    ///
    /// # Errors
    /// When the migrations are not known, or when the database fails.
    pub async fn begin(self, schema: &[String]) -> Result<Restore, BackupError> {
        if !is_known(schema) {
            return Err(BackupError::Newer);
        }
        // There may be empty tables, of whatever version.
        for table in tables::with_migrations(&self.connection).await? {
            let drop = sea_orm::sea_query::Table::drop()
                .table(Alias::new(table.name))
                .to_owned();
            self.connection.execute(&drop).await?;
        }
        migrations::run_some(&self.connection, schema.len()).await?;
        let transaction = self.connection.begin().await?;
        let tables = tables::all(&transaction).await?;
        for table in &tables {
            let all = Query::delete().from_table(Alias::new(&table.name)).to_owned();
            transaction.execute(&all).await?;
        }
        Ok(Restore {
            empty: self,
            transaction,
            tables,
        })
    }
}

/// Whether there is anything in a table that nobody but people and connectors writes.
async fn is_used(on: &DatabaseConnection, table: &Table) -> Result<bool, DbErr> {
    let mut any = Query::select();
    any.expr(Expr::val(1_i64)).from(Alias::new(&table.name)).limit(1);
    match table.name.as_str() {
        MIGRATIONS => return Ok(false),
        // The row that stands before the first entry.
        audit_head::TABLE => any.and_where(Expr::col(Alias::new("number")).ne(0_i64)),
        // The row that nobody has changed yet.
        provisioning::TABLE => any.and_where(Expr::col(Alias::new("version")).ne(0_i64)),
        _ => &mut any,
    };
    Ok(on.query_one(&any).await?.is_some())
}

impl Restore {
    /// Puts the rows of a table back, from lines as [`super::Moment::write`] wrote them; `seen` is told how many there
    /// are by now.
    ///
    /// # Errors
    /// When a line is no row of the table, or when the database refuses one.
    pub async fn read(
        &self,
        table: &str,
        lines: &mut (dyn BufRead + Send),
        mut seen: impl FnMut(Rows),
    ) -> Result<Rows, BackupError> {
        let mut lines = Lines {
            table,
            input: lines,
            line: 0,
        };
        let known = self.tables.iter().find(|known| known.name == table);
        let known = known.ok_or_else(|| lines.wrong("there is no such table"))?;
        let columns = columns(known, &mut lines)?;
        let (mut count, mut waiting) = (0, Vec::new());
        while let Some(row) = lines.row(&columns)? {
            waiting.push(row);
            if waiting.len() * columns.len() >= VALUES {
                count += self.insert(table, &columns, std::mem::take(&mut waiting)).await?;
                seen(count);
            }
        }
        count += self.insert(table, &columns, waiting).await?;
        seen(count);
        Ok(count)
    }

    async fn insert(
        &self,
        table: &str,
        columns: &[&Column],
        rows: Vec<Vec<Value>>,
    ) -> Result<Rows, BackupError> {
        let count = rows.len() as u64;
        if count == 0 {
            return Ok(0);
        }
        let mut insert = Query::insert();
        insert
            .into_table(Alias::new(table))
            .columns(columns.iter().map(|column| Alias::new(&column.name)));
        for row in rows {
            insert
                .values(
                    columns
                        .iter()
                        .zip(row)
                        .map(|(column, value)| column.kind.written(value)),
                )
                .map_err(|error| DbErr::Custom(error.to_string()))?;
        }
        self.transaction.execute(&insert).await?;
        Ok(count)
    }

    /// Writes all of it, and brings the tables up to date.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn finish(self) -> Result<Database, BackupError> {
        if self.transaction.get_database_backend() == DbBackend::Postgres {
            go_on_counting(&self.transaction).await?;
        }
        self.transaction.commit().await?;
        let Empty { connection, turn } = self.empty;
        migrations::run(&connection).await?;
        drop(turn);
        Ok(Database { connection })
    }
}

/// Ids that PostgreSQL gives go on behind those that were put back; SQLite sees to that by itself.
async fn go_on_counting(on: &DatabaseTransaction) -> Result<(), RepositoryError> {
    const COUNTED: &str = "SELECT CAST(table_name AS TEXT) AS a, CAST(column_name AS TEXT) AS b \
                           FROM information_schema.columns WHERE table_schema = current_schema() \
                           AND (column_default LIKE 'nextval(%' OR is_identity = 'YES')";
    let counted = Statement::from_string(DbBackend::Postgres, COUNTED);
    let all = on.query_all_raw(counted).await.map_err(crate::errors::failed)?;
    for row in all {
        let name = |column| row.try_get::<String>("", column).map_err(crate::errors::failed);
        let (table, column) = (name("a")?, name("b")?);
        let sql = format!(
            "SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), \
             coalesce(max(\"{column}\"), 0) + 1, false) FROM \"{table}\""
        );
        on.execute_unprepared(&sql).await.map_err(crate::errors::failed)?;
    }
    Ok(())
}

/// The columns that the first line names.
fn columns<'a>(table: &'a Table, lines: &mut Lines<'_>) -> Result<Vec<&'a Column>, BackupError> {
    let names = lines.next()?.ok_or_else(|| lines.wrong("it is missing"))?;
    let names = names.into_iter().map(|name| {
        let column = name.as_str().and_then(|name| table.column(name));
        column.ok_or_else(|| lines.wrong("it names a column that there is not"))
    });
    names.collect()
}

/// Lines, and which one it is.
struct Lines<'a> {
    table: &'a str,
    input: &'a mut (dyn BufRead + Send),
    line: u64,
}

impl Lines<'_> {
    fn next(&mut self) -> Result<Option<Vec<Json>>, BackupError> {
        let mut text = String::new();
        self.line += 1;
        if self.input.read_line(&mut text)? == 0 {
            return Ok(None);
        }
        let cells: Result<Vec<Json>, _> = serde_json::from_str(&text);
        cells.map(Some).map_err(|error| self.wrong(error.to_string()))
    }

    fn row(&mut self, columns: &[&Column]) -> Result<Option<Vec<Value>>, BackupError> {
        let Some(cells) = self.next()? else {
            return Ok(None);
        };
        if cells.len() != columns.len() {
            return Err(self.wrong("it has another number of columns"));
        }
        let values = columns
            .iter()
            .zip(cells)
            .map(|(column, cell)| line::read(column.kind, cell).map_err(|why| self.wrong(why)));
        values.collect::<Result<_, _>>().map(Some)
    }

    fn wrong(&self, why: impl Into<String>) -> BackupError {
        BackupError::Line {
            table: self.table.to_owned(),
            line: self.line,
            why: why.into(),
        }
    }
}

impl std::fmt::Debug for Empty {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Empty")
    }
}

impl std::fmt::Debug for Restore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Restore")
            .field("tables", &self.tables.len())
            .finish_non_exhaustive()
    }
}
