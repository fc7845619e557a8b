//! Which tables there are, and of what kind their columns are.

use sea_orm::sea_query::{Alias, Expr, ExprTrait as _, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, Value};

/// Where migrations write down that they were made.
pub(super) const MIGRATIONS: &str = "seaql_migrations";

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// How it is called.
    pub name: String,
    pub(super) columns: Vec<Column>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// What a column holds, whatever the database calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Text,
    Bytes,
    Flag,
}

impl Kind {
    /// By the name that one of the databases has for it.
    fn of(declared: &str) -> Option<Self> {
        let declared = declared.to_ascii_lowercase();
        let has = |part| declared.contains(part);
        if has("bool") {
            Some(Self::Flag)
        } else if has("blob") || has("bytea") || has("binary") {
            Some(Self::Bytes)
        } else if has("int") {
            Some(Self::Number)
        } else if has("char") || has("text") {
            Some(Self::Text)
        } else {
            None
        }
    }
}

impl Kind {
    /// A value as it is written: PostgreSQL has numbers of several sizes, and takes them for the column's unless it is told.
    pub(super) fn written(self, value: Value) -> Expr {
        let value = Expr::val(value);
        match self {
            Self::Number => value.cast_as("BIGINT"),
            Self::Text | Self::Bytes | Self::Flag => value,
        }
    }
}

const OF_A_FILE: &str = "SELECT t.name AS a, c.name AS b, c.type AS c FROM sqlite_master t, pragma_table_info(t.name) c \
                         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY t.name, c.cid";
const OF_A_SERVER: &str = "SELECT CAST(table_name AS TEXT) AS a, CAST(column_name AS TEXT) AS b, \
                           CAST(data_type AS TEXT) AS c FROM information_schema.columns \
                           JOIN information_schema.tables USING (table_catalog, table_schema, table_name) \
                           WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' \
                           ORDER BY table_name COLLATE \"C\", ordinal_position";

/// All tables but the one of the migrations.
pub(super) async fn all(on: &impl ConnectionTrait) -> Result<Vec<Table>, DbErr> {
    let tables = with_migrations(on).await?;
    Ok(tables
        .into_iter()
        .filter(|table| table.name != MIGRATIONS)
        .collect())
}

/// All tables.
pub(super) async fn with_migrations(on: &impl ConnectionTrait) -> Result<Vec<Table>, DbErr> {
    let backend = on.get_database_backend();
    let sql = match backend {
        DbBackend::Postgres => OF_A_SERVER,
        _ => OF_A_FILE,
    };
    let mut tables: Vec<Table> = Vec::new();
    for row in on.query_all_raw(Statement::from_string(backend, sql)).await? {
        let (table, name, declared): (String, String, String) = (
            row.try_get("", "a")?,
            row.try_get("", "b")?,
            row.try_get("", "c")?,
        );
        let unknown = || DbErr::Custom(format!("`{table}.{name}` is a {declared}, which no backup knows"));
        let kind = Kind::of(&declared).ok_or_else(unknown)?;
        let column = Column { name, kind };
        match tables.last_mut().filter(|last| last.name == table) {
            Some(last) => last.columns.push(column),
            None => tables.push(Table {
                name: table,
                columns: vec![column],
            }),
        }
    }
    Ok(tables)
}

impl Table {
    /// All its rows, each column as the one type that its kind has.
    pub(super) fn select(&self) -> SelectStatement {
        let mut select = Query::select();
        select.from(Alias::new(&self.name));
        for column in &self.columns {
            let read = Expr::col(Alias::new(&column.name));
            select.expr(match column.kind {
                Kind::Number => read.cast_as("BIGINT"),
                Kind::Flag => read.cast_as("INTEGER").cast_as("BIGINT"),
                Kind::Text => read.cast_as("TEXT"),
                Kind::Bytes => read,
            });
        }
        select
    }

    pub(super) fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}
