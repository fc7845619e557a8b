//! Replaces the target.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::{ToSqlOutput, ValueRef};

use super::Draft;
use super::packed::Packed;
use super::work_folder::WorkFolder;
use crate::files::{create_private, sync_folder};
use crate::{Error, database, schema};

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Where it is.
    pub path: PathBuf,
    /// The size of the database in it.
    pub decompressed_bytes: u64,
    /// Its own size.
    pub compressed_bytes: u64,
}

/// Until the rename the old file is whole, from then on the new one is.
pub(super) fn save(mut draft: Draft) -> Result<Saved, Error> {
    vacuum(&draft.db, &draft.folder)?;
    let packed = Packed::begin(&draft.target)?;
    let (decompressed_bytes, compressed_bytes) = packed.fill(&draft.folder.vacuumed())?;
    packed.replace(&draft.target)?;
    sync_folder(draft.target.folder()).map_err(Error::io("write", draft.target.folder()))?;
    draft.folder.give_up();
    Ok(Saved {
        path: draft.target.path().to_owned(),
        decompressed_bytes,
        compressed_bytes,
    })
}

/// A copy without gaps, with the header and all the indexes that a file has.
fn vacuum(db: &Connection, folder: &WorkFolder) -> Result<(), Error> {
    let path = folder.vacuumed();
    // SQLite writes into a file without content, and would make one that others may read.
    create_private(&path).map_err(Error::io("create", &path))?;
    db.execute_batch("PRAGMA page_size = 4096; PRAGMA auto_vacuum = NONE;")?;
    db.execute("VACUUM INTO ?1", [name_of(&path)])?;
    let copy = database::connect(&path)?;
    copy.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")?;
    // An interrupted sync may have left them out.
    schema::seal(&copy)?;
    schema::create_reading_indexes(&copy)?;
    schema::create_expansion_indexes(&copy)?;
    copy.close().map_err(|(_, error)| error.into())
}

/// SQLite takes names as bytes, so they need not be Unicode.
fn name_of(path: &Path) -> ToSqlOutput<'_> {
    ToSqlOutput::Borrowed(ValueRef::Text(path.as_os_str().as_encoded_bytes()))
}
