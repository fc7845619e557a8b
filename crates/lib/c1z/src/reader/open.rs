//! Makes the private copy and brings it to today's form.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use rusqlite::{Connection, ErrorCode};
use tempfile::TempDir;

use super::ReadOptions;
use crate::{Error, database, envelope, schema};

pub(super) fn open(path: &Path, options: &ReadOptions) -> Result<(Connection, TempDir), Error> {
    let folder = private_folder(options)?;
    let copy = folder.path().join("db");
    let mut out = BufWriter::new(File::create(&copy).map_err(Error::io("create", &copy))?);
    envelope::unpack(path, &options.limits, &copy, &mut out)?;
    out.into_inner()
        .map_err(|error| Error::io("write", &copy)(error.into_error()))?;
    let db = database::open(&copy, path)?;
    db.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")?;
    bring_up(&db)?;
    db.execute_batch("PRAGMA query_only = ON;")?;
    Ok((db, folder))
}

fn private_folder(options: &ReadOptions) -> Result<TempDir, Error> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("c1z");
    let made = match &options.temp_dir {
        Some(folder) => builder.tempdir_in(folder),
        None => builder.tempdir(),
    };
    let asked = options.temp_dir.clone().unwrap_or_else(std::env::temp_dir);
    made.map_err(Error::io("create a folder in", &asked))
}

/// Missing tables, columns and look-up indexes; expansions are moved while reading.
fn bring_up(db: &Connection) -> Result<(), Error> {
    schema::create_tables(db)?;
    schema::add_missing_columns(db)?;
    match schema::create_first_indexes(db) {
        // A record that is there twice only makes look-ups slower.
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => Ok(()),
        made => Ok(made?),
    }
}
