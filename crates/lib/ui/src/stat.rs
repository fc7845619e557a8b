//! Numbers that say at a glance how things are.

use askama::Template;

use crate::{Tone, piece};

/// A number, and where to see what it counts.
#[derive(Clone, Debug)]
pub struct Stat {
    /// What is counted.
    pub label: String,
    /// How many there are.
    pub value: String,
    /// The list of them.
    pub href: Option<String>,
    /// Whether somebody should look; a number that is merely a number is quiet.
    pub tone: Tone,
}

impl Stat {
    /// A number that is merely a number.
    pub fn new(label: impl Into<String>, value: impl std::fmt::Display) -> Self {
        Self {
            label: label.into(),
            value: value.to_string(),
            href: None,
            tone: Tone::Quiet,
        }
    }

    /// Says where to see what is counted.
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    /// Says how the number is meant.
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}

/// Numbers in a row.
#[derive(Clone, Debug, Template)]
#[template(path = "stats.html")]
pub struct Stats {
    /// The numbers.
    pub stats: Vec<Stat>,
}

piece!(Stats);
