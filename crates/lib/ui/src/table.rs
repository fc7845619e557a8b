//! The one table: search, filters, sorting, choice of columns, paging, CSV and doing one thing to many rows.
//!
//! All of it is links and forms that ask for the same page with another query string, which [`TableQuery`] reads and
//! writes. A page has one table at most.

mod bulk;
mod cell;
mod column;
mod filter;
mod head;
mod pager;
mod query;
mod row;
mod view;

use askama::Template;

pub use self::bulk::Bulk;
pub use self::cell::Cell;
pub use self::column::Column;
pub use self::filter::Filter;
pub use self::query::{PAGE_SIZES, Sort, TableQuery};
pub use self::row::Row;
use crate::{EmptyState, Icon, form::CSRF_FIELD, piece};

/// More columns than this get a region of their own that scrolls sideways.
const FITS: usize = 8;

/// Rows of one kind, and the means to find some of them.
#[derive(Clone, Debug, Template)]
#[template(path = "table.html")]
pub struct Table<'a> {
    /// Its id on the page.
    pub id: &'a str,
    /// What the rows are, for screen readers: *Connectors*.
    pub label: &'a str,
    /// The columns; the first one names the row and is always shown.
    pub columns: Vec<Column>,
    /// The rows of this page, with a cell for each column in the same order.
    pub rows: Vec<Row>,
    /// What was asked for.
    pub state: &'a TableQuery,
    /// How many rows there are on all pages.
    pub total: u64,
    /// By what the rows can be narrowed down.
    pub filters: Vec<Filter>,
    /// What can be searched for: *Search name or e-mail*. Without it there is no search.
    pub search_placeholder: &'a str,
    /// What is said when there is no row at all.
    pub empty: EmptyState,
    /// What can be done to many rows at once.
    pub bulk: Option<Bulk>,
    /// Where the rows are to be had as CSV; the query is added.
    pub csv_href: Option<&'a str>,
}

/// A row as it is shown: the naming cell, and the others with their columns.
struct Shown<'t> {
    row: &'t Row,
    name: Option<&'t Cell>,
    rest: Vec<(&'t Column, Option<&'t Cell>)>,
}

impl Table<'_> {
    fn is_shown(&self, place: usize, column: &Column) -> bool {
        place == 0 || column.is_shown(&self.state.columns)
    }

    fn shown_columns(&self) -> Vec<(usize, &Column)> {
        let columns = self.columns.iter().enumerate();
        columns
            .filter(|(place, column)| self.is_shown(*place, column))
            .collect()
    }

    fn shown_rows(&self) -> Vec<Shown<'_>> {
        let columns = self.shown_columns();
        let shown = |row| Shown {
            row,
            name: row.cells.first(),
            rest: columns
                .iter()
                .skip(1)
                .map(|(place, column)| {
                    (
                        *column,
                        row.cells.get(*place).filter(|cell| !cell.body.is_empty()),
                    )
                })
                .collect(),
        };
        self.rows.iter().map(shown).collect()
    }

    fn is_wide(&self) -> bool {
        self.shown_columns().len() > FITS
    }

    fn has_menus(&self) -> bool {
        self.rows.iter().any(|row| row.menu.is_some())
    }

    /// Whether somebody looks for something, so that no row means: none like that.
    fn is_narrowed(&self) -> bool {
        !self.state.q.is_empty() || self.filters.iter().any(|filter| filter.is_active(self.state))
    }

    fn csv_link(&self) -> Option<String> {
        let href = self.csv_href?;
        let query = self.state.of_all_pages().to_query();
        if query.is_empty() {
            return Some(href.to_owned());
        }
        Some(format!("{href}?{query}"))
    }

    fn cleared(&self) -> String {
        let keys = self.filters.iter().map(|filter| filter.key.as_str());
        keys.fold(self.state.searching(""), |query, key| query.without_filter(key))
            .href()
    }
}

piece!(Table<'_>);
