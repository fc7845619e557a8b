//! The heads of columns.

use super::{Column, Table};
use crate::Icon;

/// The head of a column: its name, and how to sort by it.
pub(super) struct Head<'t> {
    pub(super) column: &'t Column,
    pub(super) sort: Option<SortLink>,
}

/// How to sort by a column.
pub(super) struct SortLink {
    pub(super) href: String,
    /// For `aria-sort`, if the rows are sorted by this one.
    pub(super) now: Option<&'static str>,
    pub(super) icon: Icon,
}

impl Table<'_> {
    pub(super) fn heads(&self) -> Vec<Head<'_>> {
        let columns = self.shown_columns();
        let head = |(_, column)| Head {
            column,
            sort: self.sort_link(column),
        };
        columns.into_iter().map(head).collect()
    }

    fn sort_link(&self, column: &Column) -> Option<SortLink> {
        let mine = self.state.sort.as_ref().filter(|sort| sort.key == column.key);
        let (now, icon) = match mine {
            Some(sort) if sort.descending => (Some("descending"), Icon::SortDown),
            Some(_) => (Some("ascending"), Icon::SortUp),
            None => (None, Icon::SortUp),
        };
        let href = self.state.sorted_by(&column.key).href();
        column.sortable.then_some(SortLink { href, now, icon })
    }
}
