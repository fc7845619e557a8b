//! A part of a page with a name.

use askama::Template;

use crate::{Html, piece};

/// A part of a page in a frame: heading, buttons, contents.
#[derive(Clone, Debug, Template)]
#[template(path = "card.html")]
pub struct Card {
    title: String,
    text: Option<String>,
    actions: Html,
    body: Html,
    flush: bool,
    danger: bool,
}

impl Card {
    /// A part with this heading.
    pub fn new(title: impl Into<String>, body: impl Into<Html>) -> Self {
        Self {
            title: title.into(),
            text: None,
            actions: Html::default(),
            body: body.into(),
            flush: false,
            danger: false,
        }
    }

    /// A sentence below the heading.
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// Adds a button beside the heading.
    pub fn action(mut self, button: impl Into<Html>) -> Self {
        self.actions = self.actions.and(button);
        self
    }

    /// Lets the contents go to the frame, for lists and tables.
    pub fn flush(mut self) -> Self {
        self.flush = true;
        self
    }

    /// Marks the part where things are taken away for good.
    pub fn danger(mut self) -> Self {
        self.danger = true;
        self
    }
}

piece!(Card);
