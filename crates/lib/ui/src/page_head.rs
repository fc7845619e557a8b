//! The head of a page: what it is, how that is, and what can be done.

use askama::Template;

use crate::{Html, piece};

/// The heading of a page, with its state beside it and its buttons at the end.
#[derive(Clone, Debug, Template)]
#[template(path = "page_head.html")]
pub struct PageHead {
    title: String,
    text: Option<String>,
    state: Html,
    actions: Html,
}

impl PageHead {
    /// The one first-level heading of the page.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            text: None,
            state: Html::default(),
            actions: Html::default(),
        }
    }

    /// A sentence below the heading.
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// How the thing of this page is: a [`crate::Chip`], or a [`crate::Live`] around one.
    pub fn state(mut self, state: impl Into<Html>) -> Self {
        self.state = state.into();
        self
    }

    /// Adds a button; the most important one last.
    pub fn action(mut self, button: impl Into<Html>) -> Self {
        self.actions = self.actions.and(button);
        self
    }
}

piece!(PageHead);
