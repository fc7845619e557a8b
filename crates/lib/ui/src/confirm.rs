//! Asking again before something is done that cannot be undone.

use askama::Template;

use crate::form::{CSRF_FIELD, Hidden};
use crate::{Button, Field, Html, piece};

/// A button that asks first: without script what it asks unfolds below it, with script it is a dialog.
#[derive(Clone, Debug, Template)]
#[template(path = "confirm.html")]
pub struct ConfirmForm {
    id: String,
    label: String,
    question: String,
    text: String,
    answer: Button,
    action: String,
    csrf: String,
    fields: Html,
}

impl ConfirmForm {
    /// A button with this label, that posts there once the question is answered with the answer's button.
    pub fn new(
        id: impl Into<String>,
        label: impl Into<String>,
        answer: Button,
        action: impl Into<String>,
        csrf: impl Into<String>,
    ) -> Self {
        let label = label.into();
        Self {
            id: id.into(),
            question: format!("{label}?"),
            label,
            text: String::new(),
            answer,
            action: action.into(),
            csrf: csrf.into(),
            fields: Html::default(),
        }
    }

    /// What is asked, instead of the label with a question mark.
    pub fn question(mut self, question: impl Into<String>) -> Self {
        self.question = question.into();
        self
    }

    /// What will happen.
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    /// Asks for something more, such as the name of what is to be removed. Whoever receives the form checks it.
    pub fn field(mut self, field: Field) -> Self {
        self.fields = self.fields.and(field);
        self
    }

    /// With a value that nobody sees and that is sent along.
    pub fn hidden(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let (name, value) = (name.into(), value.into());
        self.fields = self.fields.and(Hidden { name, value });
        self
    }
}

piece!(ConfirmForm);
