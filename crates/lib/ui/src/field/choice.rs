//! What a field lets one choose from.

use super::Field;
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
    /// What belongs to it, shown on the card while it is the chosen one.
    pub details: Html,
    /// What is wrong with the fields among that.
    pub(super) troubles: Vec<(String, String)>,
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
            troubles: Vec::new(),
        }
    }

    /// Chooses it.
    pub fn checked(mut self) -> Self {
        self.checked = true;
        self
    }

    /// Says why it cannot be chosen.
    pub fn refused(mut self, why: impl Into<String>) -> Self {
        self.refused = Some(why.into());
        self
    }

    /// Whether there is more to it than its name, for whoever has the page read out.
    pub(super) fn says_more(&self) -> bool {
        !self.text.is_empty() || self.refused.is_some()
    }

    /// Adds a field that belongs to it.
    pub fn field(mut self, field: Field) -> Self {
        self.troubles.extend(field.troubles());
        self.piece(field)
    }

    /// Adds anything else that belongs to it.
    pub fn piece(mut self, piece: impl Into<Html>) -> Self {
        self.details = self.details.and(piece);
        self
    }
}
