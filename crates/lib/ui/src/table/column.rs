//! A column of a table.

use std::collections::BTreeSet;

/// What the cells below each other have in common.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a matter of its own")]
pub struct Column {
    /// What the address calls it.
    pub key: String,
    /// What people call it.
    pub label: String,
    /// Whether rows can be sorted by it.
    pub sortable: bool,
    /// Numbers, which stand below each other by their last digit.
    pub numeric: bool,
    /// Shown only to who chooses it.
    pub hidden_by_default: bool,
    /// Left out where there is little room.
    pub wide_only: bool,
}

impl Column {
    /// A column of text that cannot be sorted by.
    pub fn new(key: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            label: label.into(),
            sortable: false,
            numeric: false,
            hidden_by_default: false,
            wide_only: false,
        }
    }

    /// Can be sorted by.
    pub fn sortable(mut self) -> Self {
        self.sortable = true;
        self
    }

    /// Has numbers.
    pub fn numeric(mut self) -> Self {
        self.numeric = true;
        self
    }

    /// Shown only to who chooses it.
    pub fn hidden_by_default(mut self) -> Self {
        self.hidden_by_default = true;
        self
    }

    /// Left out where there is little room.
    pub fn wide_only(mut self) -> Self {
        self.wide_only = true;
        self
    }

    pub(super) fn is_shown(&self, chosen: &BTreeSet<String>) -> bool {
        if chosen.is_empty() {
            !self.hidden_by_default
        } else {
            chosen.contains(&self.key)
        }
    }

    /// The classes of its cells.
    pub(super) fn class(&self) -> &'static str {
        match (self.numeric, self.wide_only) {
            (false, false) => "",
            (true, false) => "numeric",
            (false, true) => "wide-only",
            (true, true) => "numeric wide-only",
        }
    }
}
