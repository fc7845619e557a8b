//! What is known about something, side by side.

use askama::Template;

use crate::{Html, Link, piece};

/// A list of names and values.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "facts.html")]
pub struct Facts {
    facts: Vec<(Html, Html)>,
    stacked: bool,
}

impl Facts {
    /// No fact yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a value that is plain text.
    pub fn fact(self, name: impl Into<String>, value: impl AsRef<str>) -> Self {
        self.piece(name, Html::text(value))
    }

    /// Adds a value that is a piece: a chip, a time, a link.
    pub fn piece(mut self, name: impl Into<String>, value: impl Into<Html>) -> Self {
        self.facts.push((Html::text(name.into()), value.into()));
        self
    }

    /// Adds a value about something that has a page.
    pub fn about(mut self, thing: Link, value: impl Into<Html>) -> Self {
        self.facts.push((thing.into(), value.into()));
        self
    }

    /// Puts each value below its name and the facts beside each other, for three or four short ones.
    pub fn stacked(mut self) -> Self {
        self.stacked = true;
        self
    }
}

piece!(Facts);
