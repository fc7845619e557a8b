//! Whether a database is that of a sync at all.

use std::path::Path;

use rusqlite::Connection;

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
        .find(|(kind, _)| kind == "view" || kind == "trigger");
    if let Some((kind, name)) = acting {
        return Err(foreign(format!("it has a {kind} named `{name}`")));
    }
    let known = |(kind, name): &(String, String)| kind == "table" && TABLES.contains(&name.as_str());
    if objects.is_empty() || objects.iter().any(known) {
        return Ok(());
    }
    Err(foreign("it has none of the tables of one".to_owned()))
}

fn objects(db: &Connection) -> rusqlite::Result<Vec<(String, String)>> {
    let mut statement = db.prepare("SELECT type, name FROM sqlite_schema")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}
