//! What stands where there is nothing yet.

use askama::Template;

use crate::{Html, Icon, piece};

/// Says why there is nothing here, and teaches the next step.
#[derive(Clone, Debug, Template)]
#[template(path = "empty_state.html")]
pub struct EmptyState {
    /// What would be here.
    pub icon: Icon,
    /// That there is none yet.
    pub title: String,
    /// What it would be good for, and how it comes.
    pub text: String,
    /// The buttons of the next step; may be empty.
    pub action: Html,
}

impl EmptyState {
    /// Nothing here, and why.
    pub fn new(icon: Icon, title: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            icon,
            title: title.into(),
            text: text.into(),
            action: Html::default(),
        }
    }

    /// Adds a button.
    pub fn action(mut self, button: impl Into<Html>) -> Self {
        self.action = self.action.and(button);
        self
    }
}

piece!(EmptyState);
