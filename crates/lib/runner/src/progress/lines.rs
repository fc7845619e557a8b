//! Progress as log lines: at the start and end of each part, and in between about every ten seconds.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use connector::{Note, Severity};
use sync::Event;

use super::locked;
use super::tally::Part;
use super::wait::Waits;
use crate::definition::Wait;

/// The time between two lines on the same matter.
const INTERVAL: Duration = Duration::from_secs(10);

/// Writes progress to the log.
#[derive(Debug, Default)]
pub(crate) struct Lines(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    parts: BTreeMap<String, Reported>,
    expanding: Option<Instant>,
    waits: Waits,
}

/// A part and what the log says of it.
#[derive(Debug)]
struct Reported {
    part: Part,
    last: Instant,
    end: Option<u64>,
}

impl Lines {
    pub(super) fn wait(&self, wait: &Wait) {
        if locked(&self.0).waits.is_news(Instant::now(), wait.duration) {
            let wait_s = wait.duration.as_secs_f64().ceil();
            tracing::info!(wait_s, "{} {wait_s} s", wait.reason);
        }
    }

    pub(super) fn event(&self, event: &Event) {
        locked(&self.0).event(event, Instant::now());
    }
}

impl State {
    fn event(&mut self, event: &Event, now: Instant) {
        match event {
            Event::Started { sync, resumed } => {
                let message = if *resumed {
                    "resumed previous sync"
                } else {
                    "Syncing..."
                };
                tracing::info!(sync_id = %sync, "{message}");
            }
            Event::FeedStarted { feed, title } => {
                self.tell_ends(Some(title));
                self.begin(title, now).part.start(feed);
            }
            Event::FeedRestarted { feed, title } => {
                self.begin(title, now).part.start(feed);
                tracing::info!(
                    part = title,
                    "the listing changed while it was read; reading it again"
                );
            }
            Event::FeedProgress {
                feed,
                title,
                done,
                total,
            } => {
                let reported = self.begin(title, now);
                reported.part.advance(feed, *done, *total);
                reported.tell_progress(title, now);
            }
            Event::FeedFinished { feed, title } => self.begin(title, now).part.finish(feed),
            Event::FeedWarned { .. } => {}
            Event::Note(note) => tell_note(note),
            Event::Expanding { done, total } => {
                self.tell_ends(None);
                self.expand(*done, *total, now);
            }
            Event::Saving => self.tell_ends(None),
            Event::Finished { sync } => tracing::info!(sync_id = %sync, "Sync complete."),
        }
    }

    fn begin(&mut self, title: &str, now: Instant) -> &mut Reported {
        self.parts.entry(title.to_owned()).or_insert_with(|| {
            tracing::info!("Syncing {title}...");
            Reported {
                part: Part::default(),
                last: now,
                end: None,
            }
        })
    }

    fn expand(&mut self, done: usize, total: usize, now: Instant) {
        match self.expanding {
            None => tracing::info!("Expanding grants..."),
            Some(last) if now.duration_since(last) < INTERVAL => return,
            Some(_) => tracing::info!(done, total, "Expanding grants"),
        }
        self.expanding = Some(now);
    }

    /// Tells of parts that have come to their end, but not of the one that goes on with `title`.
    fn tell_ends(&mut self, title: Option<&str>) {
        let others = self
            .parts
            .iter_mut()
            .filter(|(other, _)| Some(other.as_str()) != title);
        others.for_each(|(title, reported)| reported.tell_end(title));
    }
}

impl Reported {
    fn tell_progress(&mut self, title: &str, now: Instant) {
        if now.duration_since(self.last) < INTERVAL {
            return;
        }
        self.last = now;
        let done = self.part.done();
        let total = self.part.total().filter(|total| *total > 0);
        let percent_complete = total.map(|total| done * 100 / total);
        tracing::info!(synced = done, total, percent_complete, "Syncing {title}");
    }

    /// A part that went on after its end was told is told again.
    fn tell_end(&mut self, title: &str) {
        let end = Some(self.part.done()).filter(|_| self.part.is_finished());
        if end.is_some() && self.end != end {
            self.end = end;
            tracing::info!(count = self.part.done(), "Synced {title}");
        }
    }
}

/// Writes a remark to the log.
pub(crate) fn tell_note(note: &Note) {
    let Note {
        severity,
        code,
        message,
        ..
    } = note;
    let hint = Some(note.hint.as_str()).filter(|hint| !hint.is_empty());
    match severity {
        Severity::Info => tracing::info!(code, hint, "{message}"),
        Severity::Warning => tracing::warn!(code, hint, "{message}"),
    }
}
