//! Doing one thing to many rows.

use crate::{Button, Html};

/// What can be done to the rows that somebody ticks. The form has their ids as `id`, and the button's answer.
#[derive(Clone, Debug)]
pub struct Bulk {
    pub(super) action: String,
    pub(super) csrf: String,
    pub(super) buttons: Html,
}

impl Bulk {
    /// Posts there, with the token that proves the form to be ours.
    pub fn new(action: impl Into<String>, csrf: impl Into<String>) -> Self {
        Self {
            action: action.into(),
            csrf: csrf.into(),
            buttons: Html::default(),
        }
    }

    /// Adds a button; its [`Button::answer`] says what is to be done.
    pub fn button(mut self, button: Button) -> Self {
        self.buttons = self.buttons.and(button);
        self
    }
}
