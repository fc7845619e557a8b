//! Opens the SQLite database of a file, without trusting what is in it.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;

use crate::files::create_private;
use crate::{Error, schema};

/// How every SQLite database starts.
const SQLITE_MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// The largest row that is read or written, in bytes: a thousand times what a large one has.
const ROW_MAX: i32 = 64 << 20;

/// Opens the unpacked database at `copy`, which came from the file at `origin`.
///
/// One whose text is not UTF-8 is copied into one whose is.
pub(crate) fn open(copy: &Path, origin: &Path) -> Result<Connection, Error> {
    check_magic(copy, origin)?;
    let db = connect(copy)?;
    schema::check_ours(&db, origin)?;
    let encoding: String = db.query_row("PRAGMA encoding", [], |row| row.get(0))?;
    if encoding == "UTF-8" {
        Ok(db)
    } else {
        reencode(db, copy)
    }
}

/// Connects to a database that belongs to this process alone.
pub(crate) fn connect(path: &Path) -> Result<Connection, Error> {
    let db = Connection::open(path)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    db.set_limit(Limit::SQLITE_LIMIT_LENGTH, ROW_MAX)?;
    db.set_prepared_statement_cache_capacity(64);
    db.execute_batch(
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -8192; PRAGMA foreign_keys = OFF; \
         PRAGMA cell_size_check = ON;",
    )?;
    Ok(db)
}

/// An empty file is an empty database.
fn check_magic(copy: &Path, origin: &Path) -> Result<(), Error> {
    let mut magic = Vec::new();
    File::open(copy)
        .and_then(|file| file.take(SQLITE_MAGIC.len() as u64).read_to_end(&mut magic))
        .map_err(Error::io("read", copy))?;
    if magic.is_empty() || magic == SQLITE_MAGIC {
        Ok(())
    } else {
        Err(Error::NotDatabase(origin.to_owned()))
    }
}

fn reencode(old: Connection, copy: &Path) -> Result<Connection, Error> {
    schema::create_tables(&old)?;
    schema::add_missing_columns(&old)?;
    let mut beside = PathBuf::from(copy);
    beside.set_extension("utf8");
    create_private(&beside).map_err(Error::io("create", &beside))?;
    let mut new = connect(&beside)?;
    schema::create_tables(&new)?;
    schema::copy_rows(&old, &mut new)?;
    drop((old, new));
    std::fs::rename(&beside, copy).map_err(Error::io("replace", copy))?;
    connect(copy)
}
