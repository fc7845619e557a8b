//! The sides of one thing, each a page.

use askama::Template;

use crate::piece;

/// A side of something.
#[derive(Clone, Debug)]
pub struct Tab {
    /// Its name.
    pub label: String,
    /// Its page.
    pub href: String,
    /// Whether this is it.
    pub current: bool,
    /// How many there are on it.
    pub count: Option<u64>,
}

impl Tab {
    /// A side, and whether it is the one that is shown.
    pub fn new(label: impl Into<String>, href: impl Into<String>, current: bool) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
            current,
            count: None,
        }
    }

    /// Says how many there are on it.
    pub fn count(mut self, count: u64) -> Self {
        self.count = Some(count);
        self
    }
}

/// Links to the sides of one thing.
#[derive(Clone, Debug, Template)]
#[template(path = "tabs.html")]
pub struct Tabs {
    /// Whose sides they are, for screen readers.
    pub label: String,
    /// The sides.
    pub tabs: Vec<Tab>,
}

piece!(Tabs);
