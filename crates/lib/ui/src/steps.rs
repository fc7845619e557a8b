//! Instructions to be followed one after another.

use askama::Template;

use crate::{Html, piece};

/// Numbered instructions, each with what it takes.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "steps.html")]
pub struct Steps {
    steps: Vec<(String, Html)>,
}

impl Steps {
    /// No step yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds what is to be done, and what it takes: text, a [`crate::CopyBox`], a field.
    pub fn step(mut self, title: impl Into<String>, body: impl Into<Html>) -> Self {
        self.steps.push((title.into(), body.into()));
        self
    }
}

piece!(Steps);
