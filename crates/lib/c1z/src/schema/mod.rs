//! The tables of the database, exactly as every writer of such files makes them.

use rusqlite::Connection;

use self::indexes::Index;

pub(crate) use self::migrate::{add_missing_columns, move_expansions};
pub(crate) use self::origin::check_ours;
pub(crate) use self::reencode::copy_rows;
pub(crate) use self::seal::seal;
pub(crate) use self::tables::TABLES;

mod indexes;
mod migrate;
mod origin;
mod reencode;
mod seal;
mod tables;

/// Creates the tables that are missing, in the order in which other writers do.
pub(crate) fn create_tables(db: &Connection) -> rusqlite::Result<()> {
    tables::DDL.iter().try_for_each(|ddl| db.execute_batch(ddl))
}

/// Creates the indexes without which a record cannot be replaced, and those that cost little.
pub(crate) fn create_first_indexes(db: &Connection) -> rusqlite::Result<()> {
    indexes::create(db, indexes::CHEAP)?;
    indexes::create(db, indexes::UNIQUE)
}

/// Creates the indexes that only readers need; far cheaper after all rows are there.
pub(crate) fn create_reading_indexes(db: &Connection) -> rusqlite::Result<()> {
    indexes::create(db, indexes::READING)
}

/// Creates those of them that grant expansion needs.
pub(crate) fn create_expansion_indexes(db: &Connection) -> rusqlite::Result<()> {
    indexes::create(db, indexes::EXPANSION)
}

/// Removes all indexes that are not needed while many rows are written, and only appended.
pub(crate) fn drop_large_indexes(db: &Connection) -> rusqlite::Result<()> {
    indexes::drop(db, indexes::UNIQUE)?;
    indexes::drop(db, indexes::READING)?;
    indexes::drop(db, indexes::EXPANSION)
}

/// Whether records of the large tables can be replaced in place: their unique indexes are there.
pub(crate) fn is_sealed(db: &Connection) -> rusqlite::Result<bool> {
    let exists = |index: &Index| {
        let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = ?1)";
        db.query_row(sql, [index.name], |row| row.get::<_, bool>(0))
    };
    indexes::UNIQUE
        .iter()
        .try_fold(true, |all, index| Ok(exists(index)? && all))
}

#[cfg(test)]
mod tests;
