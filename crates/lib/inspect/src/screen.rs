//! Where answers go.

use std::io::{self, Write};

use crate::look::{Ink, Look};
use crate::text;

/// Lines of prose are no longer than this, however wide the terminal is.
const READABLE: usize = 100;

/// The two places that a program writes to, and how it may look there.
pub struct Screen<'a> {
    /// The answer.
    pub out: &'a mut dyn Write,
    /// Remarks about the answer.
    pub remarks: &'a mut dyn Write,
    /// What `out` can show.
    pub look: Look,
}

impl Screen<'_> {
    /// Writes a line in an ink, shortened to the terminal.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn line(&mut self, ink: Ink, text: &str) -> io::Result<()> {
        let text = self.look.fit(&text::clean(text), 0);
        writeln!(self.out, "{}", self.look.paint(ink, &text))
    }

    /// Writes text of any length in lines that fit, the first after `lead`, the others below it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn paragraph(&mut self, ink: Ink, lead: &str, text: &str) -> io::Result<()> {
        let width = self.look.width.unwrap_or(READABLE).min(READABLE);
        let mut lead = lead.to_owned();
        for line in text::wrap(&text::clean(text), width.saturating_sub(text::width(&lead))) {
            let fitting = self.look.fit(&line, text::width(&lead));
            writeln!(
                self.out,
                "{}{}",
                self.look.fit(&lead, 0),
                self.look.paint(ink, &fitting)
            )?;
            lead = " ".repeat(text::width(&lead));
        }
        Ok(())
    }

    /// Writes an empty line.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn gap(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// Says something about the answer, beside it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn remark(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.remarks, "note: {}", text::clean(text))
    }
}

impl std::fmt::Debug for Screen<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Screen")
            .field("look", &self.look)
            .finish_non_exhaustive()
    }
}
