//! Where results go.

use std::io::{self, IsTerminal, Write};

use terminal_size::{Width, terminal_size_of};

use crate::words;

/// The width of a terminal that does not tell.
const USUAL_WIDTH: usize = 80;

/// Standard output, or what stands for it.
pub(crate) struct Results<'a> {
    pub(crate) out: &'a mut dyn Write,
    /// How wide the terminal is, when people read it right away.
    pub(crate) terminal: Option<usize>,
}

impl Results<'_> {
    /// Gives a result. A reader that has gone away is no failure of ours.
    pub(crate) fn show(&mut self, text: &str) {
        self.out.write_all(text.as_bytes()).unwrap_or_default();
    }

    /// Gives a result to people in sentences, and to machines as a line.
    pub(crate) fn show_either(&mut self, sentences: impl FnOnce() -> String, line: impl FnOnce() -> String) {
        match self.terminal {
            Some(width) => self.show(&words::fit(&sentences(), width)),
            None => self.show(&line()),
        }
    }
}

/// Runs with the standard output of the process.
pub(crate) fn with_standard_output<T>(run: impl FnOnce(&mut Results<'_>) -> T) -> T {
    let mut out = io::stdout();
    let width = || terminal_size_of(io::stdout()).map_or(USUAL_WIDTH, |(Width(width), _)| width.into());
    let terminal = out.is_terminal().then(width);
    run(&mut Results {
        out: &mut out,
        terminal,
    })
}
