//! Looks for what is wrong inside of a file that opens.

use std::fmt;

use model::SyncId;
use proto::connector_v2::{Entitlement, Resource, ResourceType};

use crate::diff::ordered::Ordered;
use crate::reader::Stored;
use crate::{Error, GrantRecord, Reader, Record, SyncRun};

mod references;

/// Something wrong inside of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The sync in which it is; `None` when it is about the whole database.
    pub sync: Option<SyncId>,
    /// What is wrong.
    pub problem: Problem,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// SQLite's own check complains.
    Database(String),
    /// A row cannot be decoded.
    Row(String),
    /// The id in the column is not the one in the message.
    Key {
        /// The table.
        table: &'static str,
        /// What the column says.
        column: String,
        /// What the message says.
        message: String,
    },
    /// A record names another that is not there.
    Dangling {
        /// What kind of record names it, such as `grant`.
        from: &'static str,
        /// The id of that record.
        id: String,
        /// What kind of record is missing, such as `principal`.
        to: &'static str,
        /// The id that is missing.
        missing: String,
    },
    /// The counts that were written down are not those of the rows.
    Stats,
}

/// Checks the database and every finished sync; `found` is told of each finding.
///
/// # Errors
/// When the database cannot be read at all.
pub fn check(reader: &Reader, mut found: impl FnMut(Finding)) -> Result<(), Error> {
    for complaint in complaints(reader)? {
        found(Finding {
            sync: None,
            problem: Problem::Database(complaint),
        });
    }
    for run in reader.syncs()?.iter().filter(|run| run.ended_at.is_some()) {
        let mut in_sync = |problem| {
            found(Finding {
                sync: Some(run.id.clone()),
                problem,
            });
        };
        check_sync(reader, run, &mut in_sync)?;
    }
    Ok(())
}

fn complaints(reader: &Reader) -> Result<Vec<String>, Error> {
    let mut statement = reader.db().prepare("PRAGMA quick_check(100)")?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    let complaints = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(complaints.into_iter().filter(|line| line != "ok").collect())
}

fn check_sync(reader: &Reader, run: &SyncRun, found: &mut dyn FnMut(Problem)) -> Result<(), Error> {
    check_rows::<Record<ResourceType>>(reader, &run.id, found)?;
    check_rows::<Record<Resource>>(reader, &run.id, found)?;
    check_rows::<Record<Entitlement>>(reader, &run.id, found)?;
    check_rows::<GrantRecord>(reader, &run.id, found)?;
    references::check(reader.db(), &run.id, found)?;
    let counted = reader.count(&run.id)?;
    if run.stats.as_ref().is_some_and(|stats| *stats != counted) {
        found(Problem::Stats);
    }
    Ok(())
}

fn check_rows<R: Stored + Named>(
    reader: &Reader,
    sync: &SyncId,
    found: &mut dyn FnMut(Problem),
) -> Result<(), Error> {
    for (column, record) in Ordered::<R>::new(reader.db(), sync) {
        match record.map(|record| record.name()) {
            Ok(message) if column != message => found(Problem::Key {
                table: R::TABLE,
                column,
                message,
            }),
            Ok(_) => {}
            Err(error @ Error::Row { .. }) => found(Problem::Row(error.to_string())),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Records that carry the id under which they are stored.
trait Named {
    fn name(&self) -> String;
}

impl Named for Record<ResourceType> {
    fn name(&self) -> String {
        self.message.id.clone()
    }
}

impl Named for Record<Resource> {
    fn name(&self) -> String {
        let id = self.message.id.clone().unwrap_or_default();
        format!("{}:{}", id.resource_type, id.resource)
    }
}

impl Named for Record<Entitlement> {
    fn name(&self) -> String {
        self.message.id.clone()
    }
}

impl Named for GrantRecord {
    fn name(&self) -> String {
        self.message.id.clone()
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.sync {
            Some(sync) => write!(f, "sync {sync}: {}", self.problem),
            None => self.problem.fmt(f),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(complaint) => write!(f, "the database is damaged: {complaint}"),
            Self::Row(text) => f.write_str(text),
            Self::Key {
                table,
                column,
                message,
            } => {
                write!(f, "a row of {table} is stored as `{column}` but says `{message}`")
            }
            Self::Dangling {
                from,
                id,
                to,
                missing,
            } => {
                write!(
                    f,
                    "the {from} `{id}` names the {to} `{missing}`, which is not there"
                )
            }
            Self::Stats => f.write_str("the counts that were written down are not those of the rows"),
        }
    }
}
