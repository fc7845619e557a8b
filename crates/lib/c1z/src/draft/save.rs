//! Replaces the target.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::{ToSqlOutput, ValueRef};

use super::Draft;
use super::target::Target;
use super::work_folder::WorkFolder;
use crate::files::{open_locked, remove_if_there, sync_folder};
use crate::{Error, database, envelope, schema};

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
    let packed = draft.target.beside(".tmp");
    let (decompressed_bytes, compressed_bytes) = pack(&draft, &packed)?;
    draft.target.check_unchanged()?;
    fs::rename(&packed, draft.target.path()).map_err(Error::io("replace", draft.target.path()))?;
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
    remove_if_there(&path)?;
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

fn pack(draft: &Draft, packed: &Path) -> Result<(u64, u64), Error> {
    let out = open_locked(packed).map_err(Error::io("create", packed))?;
    let out = out.ok_or_else(|| Error::Busy(draft.target.path().to_owned()))?;
    out.set_len(0).map_err(Error::io("write", packed))?;
    keep_permissions(&draft.target, &out).map_err(Error::io("write", packed))?;
    let sizes = envelope::pack(&draft.folder.vacuumed(), packed, &out)?;
    out.sync_all().map_err(Error::io("write", packed))?;
    Ok(sizes)
}

/// Who may read the old file may read the new one, and nobody else.
fn keep_permissions(target: &Target, out: &File) -> std::io::Result<()> {
    match fs::metadata(target.path()) {
        Ok(old) => out.set_permissions(old.permissions()),
        Err(_) => Ok(()),
    }
}
