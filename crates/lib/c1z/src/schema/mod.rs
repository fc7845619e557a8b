//! The tables of the database, exactly as every writer of such files makes them.

use rusqlite::Connection;

pub(crate) use self::migrate::{add_missing_columns, move_expansions};
pub(crate) use self::origin::check_ours;
pub(crate) use self::reencode::copy_rows;
pub(crate) use self::tables::TABLES;

mod indexes;
mod migrate;
mod origin;
mod reencode;
mod tables;

/// Creates the tables that are missing, in the order in which other writers do.
pub(crate) fn create_tables(db: &Connection) -> rusqlite::Result<()> {
    tables::DDL.iter().try_for_each(|ddl| db.execute_batch(ddl))
}

/// Creates the indexes without which a record cannot be replaced.
pub(crate) fn create_unique_indexes(db: &Connection) -> rusqlite::Result<()> {
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

/// Removes the indexes that only readers need, before many rows are written.
pub(crate) fn drop_reading_indexes(db: &Connection) -> rusqlite::Result<()> {
    indexes::drop(db, indexes::READING)?;
    indexes::drop(db, indexes::EXPANSION)
}

#[cfg(test)]
mod tests;
