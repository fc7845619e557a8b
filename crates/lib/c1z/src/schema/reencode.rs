//! Copies a database row by row, when its text encoding is not the one that is written today.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::TABLES;

/// Copies the rows of all tables into a database that has the same tables.
pub(crate) fn copy_rows(from: &Connection, to: &mut Connection) -> rusqlite::Result<()> {
    let transaction = to.transaction()?;
    for table in TABLES {
        copy_table(from, &transaction, table)?;
    }
    transaction.commit()
}

fn copy_table(from: &Connection, to: &Connection, table: &str) -> rusqlite::Result<()> {
    let columns = columns(to, table)?;
    let marks = vec!["?"; columns.len()].join(", ");
    let columns = columns.join(", ");
    let mut insert = to.prepare(&format!("INSERT INTO {table} ({columns}) VALUES ({marks})"))?;
    let mut select = from.prepare(&format!("SELECT {columns} FROM {table} ORDER BY id"))?;
    let count = select.column_count();
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let values = (0..count)
            .map(|index| row.get(index))
            .collect::<rusqlite::Result<Vec<Value>>>()?;
        insert.execute(params_from_iter(values))?;
    }
    Ok(())
}

fn columns(db: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = db.prepare("SELECT name FROM pragma_table_info(?1)")?;
    let names = statement.query_map([table], |row| row.get(0))?;
    names.collect()
}
