//! Text to be taken elsewhere: a command, an id, a secret that is shown once.

use askama::Template;

use crate::piece;

/// Text in type of even width, with a button to copy it.
#[derive(Clone, Debug, Template)]
#[template(path = "copy_box.html")]
pub struct CopyBox {
    /// What it is, for the button's name and, with `show_label`, above the text.
    pub label: String,
    /// The text.
    pub text: String,
    /// Whether the label stands above the text.
    pub show_label: bool,
}

impl CopyBox {
    /// A text that explains itself, such as a command.
    pub fn new(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            text: text.into(),
            show_label: false,
        }
    }

    /// A text that needs its label above it, such as an id.
    pub fn labelled(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            show_label: true,
            ..Self::new(label, text)
        }
    }
}

piece!(CopyBox);
