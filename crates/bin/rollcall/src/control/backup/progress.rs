//! What a person sees meanwhile.

use std::io::{IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

/// How often a line is written anew.
const EVERY: Duration = Duration::from_millis(200);

/// A line on the terminal that says how far it is; nothing where nobody looks.
#[derive(Debug)]
pub(super) struct Progress {
    is_seen: bool,
    last: Option<Instant>,
}

impl Progress {
    pub(super) fn new() -> Self {
        Self {
            is_seen: std::io::stderr().is_terminal(),
            last: None,
        }
    }

    /// Says how far it is, unless it was said a moment ago.
    pub(super) fn say(&mut self, what: &str, count: u64, of: &str) {
        if !self.is_seen || self.last.is_some_and(|last| last.elapsed() < EVERY) {
            return;
        }
        self.last = Some(Instant::now());
        // What cannot be shown is not missed.
        write!(
            std::io::stderr(),
            "\r\u{1b}[K{}: {count} {of}",
            inspect::clean(what)
        )
        .ok();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.last.is_some() {
            write!(std::io::stderr(), "\r\u{1b}[K").ok();
        }
    }
}
