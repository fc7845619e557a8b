//! What a field lets one choose from.

use crate::Html;

/// An option of a list that opens.
#[derive(Clone, Debug)]
pub struct SelectOption {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// Whether it is the chosen one.
    pub selected: bool,
}

impl SelectOption {
    /// An option that is not chosen.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            selected: false,
        }
    }
}

/// A card to choose.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What it is, in a few words.
    pub label: String,
    /// What it means; may be empty.
    pub text: String,
    /// Whether it is chosen.
    pub checked: bool,
    /// Why it cannot be chosen.
    pub refused: Option<String>,
    /// Fields that belong to it, shown on the card while it is the chosen one.
    pub details: Html,
}

impl Choice {
    /// A card that is not chosen.
    pub fn new(value: impl Into<String>, label: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            text: text.into(),
            checked: false,
            refused: None,
            details: Html::default(),
        }
    }

    /// Chooses it.
    pub fn checked(mut self) -> Self {
        self.checked = true;
        self
    }

    /// Adds a field that belongs to it.
    pub fn detail(mut self, field: impl Into<Html>) -> Self {
        self.details = self.details.and(field);
        self
    }
}
