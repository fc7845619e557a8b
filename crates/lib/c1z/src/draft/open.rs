//! Finds or makes the working copy.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use rusqlite::Connection;

use super::target::Target;
use super::work_folder::WorkFolder;
use super::{Draft, DraftOptions, Origin, origin, packed};
use crate::files::create_private;
use crate::{Error, Limits, database, envelope, schema};

pub(super) fn open(path: &Path, options: DraftOptions) -> Result<Draft, Error> {
    let DraftOptions {
        temp_dir,
        limits,
        retention,
    } = options;
    let target = Target::locate(path)?;
    let work = target.work_folder(temp_dir.as_deref());
    let mut folder = WorkFolder::hold(work, target.path())?;
    packed::remove_leftover(&target);
    let (db, origin) = match take_over(&folder, &target)? {
        Some(db) => {
            folder.keep();
            (db, Origin::Interrupted)
        }
        None => make(&folder, &target, &limits)?,
    };
    Ok(Draft {
        sealed: schema::is_sealed(&db)?,
        db,
        folder,
        target,
        origin,
        retention,
        current: None,
    })
}

/// What an interrupted run left, when it was made from the very content that the target has now.
fn take_over(folder: &WorkFolder, target: &Target) -> Result<Option<Connection>, Error> {
    if !folder.has_content() {
        return Ok(None);
    }
    if let Some(reason) = origin::refusal(folder.path(), target.fingerprint()) {
        tracing::warn!(folder = %folder.path().display(), reason, "the working copy of an interrupted run is given up");
        return Ok(None);
    }
    match connect(folder).and_then(|db| readable(&db).map(|()| db)) {
        Ok(db) => Ok(Some(db)),
        Err(error @ Error::DamagedDatabase(_)) => {
            tracing::warn!(folder = %folder.path().display(), %error, "the working copy of an interrupted run is given up");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

fn readable(db: &Connection) -> Result<(), Error> {
    crate::SyncRun::all(db)?;
    Ok(())
}

/// A new working copy: the target's content, or nothing.
fn make(folder: &WorkFolder, target: &Target, limits: &Limits) -> Result<(Connection, Origin), Error> {
    folder.clear()?;
    let origin = if target.is_empty() {
        Origin::Nothing
    } else {
        Origin::Target
    };
    let copy = folder.database();
    let out = create_private(&copy).map_err(Error::io("create", &copy))?;
    if origin == Origin::Target {
        unpack(target, limits, &copy, out)?;
    }
    let mut db = connect(folder)?;
    db.execute_batch("PRAGMA user_version = 0; PRAGMA application_id = 0;")?;
    schema::create_tables(&db)?;
    schema::add_missing_columns(&db)?;
    schema::create_first_indexes(&db)?;
    schema::move_expansions(&mut db)?;
    origin::write_note(folder.path(), target.fingerprint())?;
    Ok((db, origin))
}

fn unpack(target: &Target, limits: &Limits, copy: &Path, out: File) -> Result<(), Error> {
    let mut out = BufWriter::new(out);
    envelope::unpack(target.path(), limits, copy, &mut out)?;
    // On the disk before the note says that it is complete.
    out.into_inner()
        .map_err(std::io::IntoInnerError::into_error)
        .and_then(|file| file.sync_all())
        .map_err(Error::io("write", copy))?;
    database::open(copy, target.path()).map(drop)
}

/// In WAL mode a committed transaction survives the end of the process without waiting for the disk,
/// and losing power loses at most the last transactions. The log grows to 64 MiB before it is worked
/// off, because that does wait for the disk.
fn connect(folder: &WorkFolder) -> Result<Connection, Error> {
    let db = database::connect(&folder.database())?;
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 16384;",
    )?;
    Ok(db)
}
