//! Showing how far a run is: bars on a terminal, lines in a log, or both.

mod bars;
mod lines;
mod tally;
mod wait;

use sync::{Event, Progress};

pub(crate) use bars::Bars;
pub(crate) use lines::{Lines, tell_note};

use crate::definition::Wait;

/// Bars on standard error, for a program that runs a sync by itself; nothing where that is no terminal.
pub fn bars() -> impl Progress {
    Audience {
        bars: Some(Bars::new(indicatif::MultiProgress::new())),
        lines: None,
    }
}

/// Who is told about a run: any of the two.
pub(crate) struct Audience {
    pub(crate) bars: Option<Bars>,
    pub(crate) lines: Option<Lines>,
}

impl Audience {
    /// Tells that a wait begins.
    pub(crate) fn wait(&self, wait: &Wait) {
        self.bars.iter().for_each(|bars| bars.wait(wait));
        self.lines.iter().for_each(|lines| lines.wait(wait));
    }

    /// Tells that work without parts begins.
    pub(crate) fn work(&self, text: &str) {
        self.bars.iter().for_each(|bars| bars.work(text));
        if self.lines.is_some() {
            tracing::info!("{text}");
        }
    }

    /// Takes the bars away; what was finished stays readable.
    pub(crate) fn clear(&self) {
        self.bars.iter().for_each(Bars::clear);
    }
}

impl Progress for Audience {
    fn event(&self, event: &Event) {
        self.bars.iter().for_each(|bars| bars.event(event));
        self.lines.iter().for_each(|lines| lines.event(event));
    }
}

/// A lock whose holder cannot leave a value half changed, so that a panic elsewhere does no harm.
pub(crate) fn locked<T>(mutex: &std::sync::Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
