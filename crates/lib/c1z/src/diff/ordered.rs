//! Walks over the records of a sync in the order of their ids.

use std::collections::VecDeque;
use std::fmt;

use model::SyncId;
use rusqlite::{Connection, params};

use crate::Error;
use crate::reader::{Fetched, PAGE, Stored};

/// An id, and the record under it; when the database itself cannot be read, the last id before that.
pub(crate) type Keyed<R> = (String, Result<R, Error>);

/// The records of a sync, in the order of their ids as bytes.
pub(crate) struct Ordered<'r, R> {
    db: &'r Connection,
    sync: &'r str,
    after: String,
    page: VecDeque<Keyed<R>>,
    ended: bool,
}

impl<R> fmt::Debug for Ordered<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ordered")
            .field("sync", &self.sync)
            .field("after", &self.after)
            .finish_non_exhaustive()
    }
}

impl<'r, R: Stored> Ordered<'r, R> {
    pub(crate) fn new(db: &'r Connection, sync: &'r SyncId) -> Self {
        Self {
            db,
            sync: sync.as_str(),
            after: String::new(),
            page: VecDeque::new(),
            ended: false,
        }
    }

    fn fetch(&mut self) -> Result<(), Error> {
        let sql = format!(
            "SELECT {}, external_id FROM {} WHERE sync_id = ?1 AND external_id > ?2 ORDER BY external_id LIMIT {PAGE}",
            R::COLUMNS,
            R::TABLE
        );
        let mut statement = self.db.prepare_cached(&sql)?;
        let key_column = statement.column_count() - 1;
        let mut rows = statement.query(params![self.sync, self.after])?;
        let mut fetched = Fetched::default();
        while let Some(row) = rows.next()? {
            self.after = row.get(key_column)?;
            self.page.push_back((self.after.clone(), R::from_row(row)));
            if fetched.is_enough_with(row) {
                return Ok(());
            }
        }
        self.ended = self.page.len() < PAGE;
        Ok(())
    }
}

impl<R: Stored> Iterator for Ordered<'_, R> {
    type Item = Keyed<R>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.page.is_empty()
            && !self.ended
            && let Err(error) = self.fetch()
        {
            self.ended = true;
            self.page.push_back((self.after.clone(), Err(error)));
        }
        self.page.pop_front()
    }
}
