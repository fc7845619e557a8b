//! A row of a table.

use super::Cell;
use crate::Menu;

/// One of what the table lists.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it is known by when something is done to it.
    pub id: String,
    /// A cell for each column, hidden ones included.
    pub cells: Vec<Cell>,
    /// The page about it.
    pub href: Option<String>,
    /// What can be done to it.
    pub menu: Option<Menu>,
}

impl Row {
    /// A row with these cells.
    pub fn new(id: impl Into<String>, cells: Vec<Cell>) -> Self {
        Self {
            id: id.into(),
            cells,
            href: None,
            menu: None,
        }
    }

    /// Leads to the page about it.
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    /// Adds what can be done to it.
    pub fn menu(mut self, menu: Menu) -> Self {
        self.menu = Some(menu);
        self
    }

    /// What it is called when it is read out.
    pub(super) fn name(&self) -> &str {
        let words = self.cells.first().map_or("", |cell| &cell.words);
        if words.is_empty() { &self.id } else { words }
    }

    /// Where the name of the row leads; a name that is a piece has links of its own.
    pub(super) fn link(&self) -> Option<&str> {
        let name = self.cells.first()?;
        self.href.as_deref().filter(|_| name.is_text)
    }
}
