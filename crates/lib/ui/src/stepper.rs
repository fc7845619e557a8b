//! Where one is in something that takes several pages.

use askama::Template;

use crate::piece;

/// A step, by how far one is with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Behind us.
    Done,
    /// Just now.
    Current,
    /// Ahead.
    Ahead,
}

/// The steps of something that takes several pages.
#[derive(Clone, Debug, Template)]
#[template(path = "stepper.html")]
pub struct Stepper {
    /// What it leads to, for screen readers.
    pub label: String,
    /// Each step's name and how far one is with it.
    pub steps: Vec<(String, Step)>,
}

impl Stepper {
    /// Steps of which the one at this place, counted from 0, is the current one.
    pub fn at(
        label: impl Into<String>,
        names: impl IntoIterator<Item = impl Into<String>>,
        current: usize,
    ) -> Self {
        let step = |place: usize| match place.cmp(&current) {
            std::cmp::Ordering::Less => Step::Done,
            std::cmp::Ordering::Equal => Step::Current,
            std::cmp::Ordering::Greater => Step::Ahead,
        };
        let steps = names
            .into_iter()
            .enumerate()
            .map(|(place, name)| (name.into(), step(place)));
        Self {
            label: label.into(),
            steps: steps.collect(),
        }
    }
}

piece!(Stepper);
