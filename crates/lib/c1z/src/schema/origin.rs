//! Whether a database is that of a sync at all.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension as _};

use super::TABLES;
use crate::Error;

/// Refuses databases that hold other things, or things that act when they are read or written.
pub(crate) fn check_ours(db: &Connection, path: &Path) -> Result<(), Error> {
    let foreign = |reason: String| Error::ForeignDatabase {
        path: path.to_owned(),
        reason,
    };
    let objects = objects(db)?;
    let acting = objects
        .iter()
        .find(|(kind, _)| !matches!(kind.as_str(), "table" | "index"));
    if let Some((kind, name)) = acting {
        return Err(foreign(format!("it has a {kind} named `{name}`")));
    }
    if let Some((table, column)) = computed_column(db)? {
        return Err(foreign(format!("it computes the column `{column}` of `{table}`")));
    }
    let known = |(kind, name): &(String, String)| kind == "table" && TABLES.contains(&name.as_str());
    if objects.is_empty() || objects.iter().any(known) {
        return Ok(());
    }
    Err(foreign("it has none of the tables of one".to_owned()))
}

/// All objects by kind and name. What SQLite keeps of a table begins in this one way, so that a virtual one,
/// which runs code of its own, is told from it without being opened.
fn objects(db: &Connection) -> rusqlite::Result<Vec<(String, String)>> {
    let mut statement = db.prepare(
        "SELECT iif(type = 'table' AND sql NOT LIKE 'create table %', 'virtual table', type), name \
         FROM sqlite_schema",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// A column whose value is worked out whenever it is read: a byte in the file could become a gigabyte.
fn computed_column(db: &Connection) -> rusqlite::Result<Option<(String, String)>> {
    let sql = "SELECT m.name, c.name FROM sqlite_schema m, pragma_table_xinfo(m.name) c \
               WHERE m.type = 'table' AND c.hidden <> 0 LIMIT 1";
    db.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}
