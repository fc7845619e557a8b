//! The one table: aligned, shortened to the terminal, written as the rows come.

mod column;
mod layout;

use std::io::{self, Write};

pub use column::{Cell, Column};

use crate::look::{Ink, Look};
use crate::text;

/// Rows that are looked at before the widths of the columns are settled; the rest streams.
const SAMPLE: usize = 1000;

/// Between two columns.
const GAP: &str = "  ";

/// A table that is being written. Nothing is written when no row comes.
pub struct Table<'a> {
    out: &'a mut dyn Write,
    look: Look,
    columns: Vec<Column>,
    waiting: Vec<Vec<Cell>>,
    widths: Option<Vec<usize>>,
    rows: u64,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// How many rows.
    pub rows: u64,
    /// Titles of columns for which the terminal has no room.
    pub hidden: Vec<&'static str>,
}

impl Written {
    /// Says which columns are left out, to follow the number of rows; nothing when there are all.
    pub fn left_out(&self) -> String {
        match self.hidden.as_slice() {
            [] => String::new(),
            titles => format!(" ({} left out: the terminal is too narrow)", titles.join(", ")),
        }
    }
}

impl<'a> Table<'a> {
    /// A table with these columns, from left to right.
    pub fn new(out: &'a mut dyn Write, look: Look, columns: impl Into<Vec<Column>>) -> Self {
        Self {
            out,
            look,
            columns: columns.into(),
            waiting: Vec::new(),
            widths: None,
            rows: 0,
        }
    }

    /// Adds a row: one cell a column.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn row(&mut self, cells: impl Into<Vec<Cell>>) -> io::Result<()> {
        self.rows += 1;
        self.waiting.push(cells.into());
        match self.widths {
            Some(_) => self.flush(),
            None if self.waiting.len() >= SAMPLE => self.settle(),
            None => Ok(()),
        }
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> io::Result<Written> {
        if self.rows > 0 && self.widths.is_none() {
            self.settle()?;
        }
        let widths = self.widths.unwrap_or_default();
        let hidden = self.columns.iter().zip(widths).filter(|(_, width)| *width == 0);
        Ok(Written {
            rows: self.rows,
            hidden: hidden.map(|(column, _)| column.title).collect(),
        })
    }

    fn settle(&mut self) -> io::Result<()> {
        let widths = layout::widths(&self.columns, &self.waiting, self.look.width);
        let titles = self
            .columns
            .iter()
            .map(|column| Cell::new(column.title, Ink::Strong));
        let head: Vec<Cell> = titles.collect();
        self.write(&head, &widths)?;
        self.rule(&widths)?;
        self.widths = Some(widths);
        self.flush()
    }

    fn rule(&mut self, widths: &[usize]) -> io::Result<()> {
        let line = self.look.choose("─", "-");
        let lines = widths
            .iter()
            .map(|width| Cell::new(line.repeat(*width), Ink::Faint));
        let lines: Vec<Cell> = lines.collect();
        self.write(&lines, widths)
    }

    fn flush(&mut self) -> io::Result<()> {
        let widths = self.widths.clone().unwrap_or_default();
        for row in std::mem::take(&mut self.waiting) {
            self.write(&row, &widths)?;
        }
        Ok(())
    }

    fn write(&mut self, cells: &[Cell], widths: &[usize]) -> io::Result<()> {
        let shown = self
            .columns
            .iter()
            .zip(cells)
            .zip(widths)
            .filter(|(_, width)| **width > 0);
        let mut line = String::new();
        let mut padding = 0;
        for (index, ((column, cell), width)) in shown.enumerate() {
            let text = match self.look.width {
                Some(_) => self.look.shorten(&cell.text, *width),
                None => cell.text.clone(),
            };
            let spare = width.saturating_sub(text::width(&text));
            let (before, after) = if column.to_right { (spare, 0) } else { (0, spare) };
            line.push_str(&" ".repeat(padding + before));
            line.push_str(if index > 0 { GAP } else { "" });
            line.push_str(&self.look.paint(cell.ink, &text));
            padding = after;
        }
        writeln!(self.out, "{}", line.trim_end())
    }
}

impl std::fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table")
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
