//! Progress on a terminal: a bar for each part, with counts and the time left.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressState, ProgressStyle};
use sync::Event;

use super::locked;
use super::tally::Part;
use super::wait::Waits;
use crate::definition::Wait;

/// How often a bar that does not move shows that the program lives.
const TICK: Duration = Duration::from_millis(120);

/// A part whose total is known.
const BAR: &str = "  {spinner} {msg:24} {bar:30} {human_pos}/{human_len}  {eta} left";
/// The same while a wait is shown, which would spoil the time left.
const PAUSED: &str = "  {spinner} {msg:24} {bar:30} {human_pos}/{human_len}";
/// A part whose total is not known.
const COUNT: &str = "  {spinner} {msg:24} {human_pos}";
/// A part that is at its end.
const DONE: &str = "  ✓ {msg:24} {human_pos}";
/// A part of which nothing could be read.
const REFUSED: &str = "  ! {msg:24} not read (see below)";
/// Work without a number.
const SPINNER: &str = "  {spinner} {msg}";
/// A wait and what is left of it.
const COUNTDOWN: &str = "  {spinner} {msg} {left}";

/// Draws progress on standard error.
#[derive(Debug)]
pub(crate) struct Bars {
    screen: MultiProgress,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    parts: BTreeMap<String, (Part, ProgressBar)>,
    expanding: Option<ProgressBar>,
    work: Option<ProgressBar>,
    wait: Option<ProgressBar>,
    waits: Waits,
}

impl Bars {
    /// Draws on `screen`.
    pub(crate) fn new(screen: MultiProgress) -> Self {
        Self {
            screen,
            state: Mutex::default(),
        }
    }

    pub(super) fn wait(&self, wait: &Wait) {
        let mut state = locked(&self.state);
        let now = Instant::now();
        if state.waits.is_news(now, wait.duration) {
            state.end_wait();
            state.wait = Some(self.countdown(wait, now));
            state.show_all();
        }
    }

    /// Shows that work without parts is under way.
    pub(super) fn work(&self, text: &str) {
        locked(&self.state).work = Some(spinner(&self.screen, text));
    }

    /// Takes the bars of unfinished parts away.
    pub(super) fn clear(&self) {
        let mut state = locked(&self.state);
        state.end_wait();
        for (part, bar) in state.parts.values().filter(|(_, bar)| !bar.is_finished()) {
            if part.is_finished() {
                bar.finish();
            } else {
                bar.finish_and_clear();
            }
        }
        let others = state.expanding.iter().chain(&state.work);
        others
            .filter(|bar| !bar.is_finished())
            .for_each(ProgressBar::finish_and_clear);
    }

    pub(super) fn event(&self, event: &Event) {
        let mut state = locked(&self.state);
        match event {
            Event::Started { resumed: true, .. } => self.say("continuing an interrupted run"),
            Event::Started { .. } | Event::Note(_) => {}
            Event::FeedStarted { feed, title } | Event::FeedRestarted { feed, title } => {
                state.change(title, &self.screen, |part| part.start(feed));
            }
            Event::FeedProgress {
                feed,
                title,
                done,
                total,
            } => {
                state.change(title, &self.screen, |part| part.advance(feed, *done, *total));
            }
            Event::FeedFinished { feed, title } => {
                state.change(title, &self.screen, |part| part.finish(feed));
            }
            Event::FeedWarned { title, .. } => state.change(title, &self.screen, Part::warn),
            Event::Expanding { done, total } => self.expand(&mut state, *done, *total),
            Event::Saving => {
                state.finish_all();
                state.work = Some(spinner(&self.screen, "writing the file"));
            }
            Event::Finished { .. } => state.work.iter().for_each(ProgressBar::finish_and_clear),
        }
    }

    fn expand(&self, state: &mut State, done: usize, total: usize) {
        let bar = state
            .expanding
            .get_or_insert_with(|| counted(&self.screen, "inherited access"));
        bar.set_length(total as u64);
        bar.set_position(done.min(total) as u64);
    }

    fn countdown(&self, wait: &Wait, now: Instant) -> ProgressBar {
        let end = now + wait.duration;
        let left = move |_: &ProgressState, out: &mut dyn std::fmt::Write| {
            let left = end.saturating_duration_since(Instant::now()).as_secs_f32().ceil();
            write!(out, "{left} s").unwrap_or_default();
        };
        let bar = spinner(&self.screen, &wait.reason);
        bar.set_style(style(COUNTDOWN).with_key("left", left));
        bar
    }

    fn say(&self, text: &str) {
        self.screen.println(text).unwrap_or_default();
    }
}

impl State {
    fn change(&mut self, title: &str, screen: &MultiProgress, change: impl FnOnce(&mut Part)) {
        self.end_wait_when_over();
        let (part, bar) = self
            .parts
            .entry(title.to_owned())
            .or_insert_with(|| (Part::default(), counted(screen, title)));
        change(part);
        show(part, bar, self.wait.is_some());
    }

    fn show_all(&self) {
        let paused = self.wait.is_some();
        self.parts
            .values()
            .filter(|(_, bar)| !bar.is_finished())
            .for_each(|(part, bar)| show(part, bar, paused));
    }

    fn finish_all(&mut self) {
        self.end_wait();
        for (part, bar) in self.parts.values() {
            bar.set_style(style(end_of(part)));
            bar.finish();
        }
        if let Some(bar) = &self.expanding {
            bar.set_style(style(DONE));
            bar.finish();
        }
    }

    fn end_wait_when_over(&mut self) {
        if self.waits.is_over(Instant::now()) {
            self.end_wait();
        }
    }

    fn end_wait(&mut self) {
        let Some(wait) = self.wait.take() else { return };
        wait.finish_and_clear();
        self.parts.values().for_each(|(_, bar)| bar.reset_eta());
        self.show_all();
    }
}

/// Parts whose total is not known show a moving mark instead of a bar.
fn show(part: &Part, bar: &ProgressBar, paused: bool) {
    match part.total() {
        Some(total) => {
            bar.set_length(total);
            bar.set_style(style(if paused { PAUSED } else { BAR }));
        }
        None => bar.set_style(style(COUNT)),
    }
    bar.set_position(part.done());
    if part.is_finished() {
        bar.set_style(style(end_of(part)));
        bar.tick();
    }
}

fn end_of(part: &Part) -> &'static str {
    if part.is_refused() { REFUSED } else { DONE }
}

fn counted(screen: &MultiProgress, title: &str) -> ProgressBar {
    let bar = screen.add(ProgressBar::no_length().with_message(title.to_owned()));
    bar.set_style(style(COUNT));
    bar.enable_steady_tick(TICK);
    bar
}

fn spinner(screen: &MultiProgress, text: &str) -> ProgressBar {
    let bar = screen.add(ProgressBar::new_spinner().with_message(text.to_owned()));
    bar.set_style(style(SPINNER));
    bar.enable_steady_tick(TICK);
    bar
}

/// A template of this file; a mistake in one shows a plain bar, which the test below rules out.
fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_is_one() {
        for template in [BAR, PAUSED, COUNT, DONE, REFUSED, SPINNER, COUNTDOWN] {
            assert!(ProgressStyle::with_template(template).is_ok(), "{template}");
        }
    }
}
