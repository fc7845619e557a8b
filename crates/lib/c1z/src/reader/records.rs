//! Walks over the records of a sync in pages, so that memory stays flat.

use std::collections::VecDeque;
use std::fmt;

use rusqlite::Connection;

use super::filter::Conditions;
use super::rows::{Fetched, PAGE, Stored};
use crate::Error;

/// The records of a sync, in row order.
///
/// A row that cannot be decoded is an error of its own, and the walk goes on after it; it ends when the
/// database itself cannot be read.
pub struct Records<'r, R> {
    db: &'r Connection,
    sql: String,
    values: Vec<String>,
    after: i64,
    page: VecDeque<Result<R, Error>>,
    ended: bool,
}

impl<R> fmt::Debug for Records<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records")
            .field("sql", &self.sql)
            .field("after", &self.after)
            .finish_non_exhaustive()
    }
}

impl<'r, R: Stored> Records<'r, R> {
    pub(super) fn new(db: &'r Connection, conditions: Conditions) -> Self {
        // There is always one: the sync.
        let (tested, values): (Vec<_>, Vec<_>) = conditions.0.into_iter().unzip();
        let tests = tested.join(" = ? AND ");
        let (columns, table) = (R::COLUMNS, R::TABLE);
        let sql =
            format!("SELECT {columns} FROM {table} WHERE {tests} = ? AND id > ? ORDER BY id LIMIT {PAGE}");
        Self {
            db,
            sql,
            values,
            after: i64::MIN,
            page: VecDeque::new(),
            ended: false,
        }
    }

    /// Continues after the row of that id, as pages do.
    pub fn after(mut self, row: i64) -> Self {
        self.after = row;
        self
    }

    fn fetch(&mut self) -> Result<(), Error> {
        let mut statement = self.db.prepare_cached(&self.sql)?;
        let place = self.values.len() + 1;
        for (index, value) in self.values.iter().enumerate() {
            statement.raw_bind_parameter(index + 1, value)?;
        }
        statement.raw_bind_parameter(place, self.after)?;
        let mut rows = statement.raw_query();
        let mut fetched = Fetched::default();
        while let Some(row) = rows.next()? {
            self.after = row.get(0)?;
            self.page.push_back(R::from_row(row));
            if fetched.is_enough_with(row) {
                return Ok(());
            }
        }
        self.ended = self.page.len() < PAGE;
        Ok(())
    }
}

impl<R: Stored> Iterator for Records<'_, R> {
    type Item = Result<R, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.page.is_empty()
            && !self.ended
            && let Err(error) = self.fetch()
        {
            self.ended = true;
            self.page.push_back(Err(error));
        }
        self.page.pop_front()
    }
}
