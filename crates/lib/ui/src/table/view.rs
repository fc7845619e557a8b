//! How somebody wants to see the table: sorted by what, how many rows, which columns.

use super::{PAGE_SIZES, Table, TableQuery};

/// Something to choose.
pub(super) struct Choice<'t> {
    pub(super) value: &'t str,
    pub(super) label: &'t str,
    pub(super) chosen: bool,
}

impl Table<'_> {
    /// The columns that may be left out.
    pub(super) fn column_choices(&self) -> Vec<Choice<'_>> {
        let columns = self.columns.iter().skip(1);
        columns
            .map(|column| Choice {
                value: &column.key,
                label: &column.label,
                chosen: column.is_shown(&self.state.columns),
            })
            .collect()
    }

    /// What the rows can be sorted by.
    pub(super) fn sort_choices(&self) -> Vec<Choice<'_>> {
        let columns = self.columns.iter().filter(|column| column.sortable);
        columns
            .map(|column| Choice {
                value: &column.key,
                label: &column.label,
                chosen: self
                    .state
                    .sort
                    .as_ref()
                    .is_some_and(|sort| sort.key == column.key),
            })
            .collect()
    }

    pub(super) fn is_descending(&self) -> bool {
        self.state.sort.as_ref().is_some_and(|sort| sort.descending)
    }

    /// How many rows a page may have, and whether it is so.
    pub(super) fn size_choices(&self) -> Vec<(u32, bool)> {
        PAGE_SIZES
            .into_iter()
            .map(|size| (size, size == self.state.per))
            .collect()
    }

    /// What the search form sends along unseen.
    pub(super) fn kept_by_search(&self) -> TableQuery {
        self.state.searching("")
    }

    /// What the form of this choice sends along unseen.
    pub(super) fn kept_by_view(&self) -> TableQuery {
        TableQuery {
            q: self.state.q.clone(),
            filters: self.state.filters.clone(),
            ..TableQuery::default()
        }
    }
}
