//! The state of something, in a word.

use askama::Template;

use crate::{Icon, Tone, piece};

/// A state as a small label: a shape and a word, and a colour that says the same.
#[derive(Clone, Debug, Template)]
#[template(path = "chip.html")]
pub struct Chip {
    /// How the state is meant.
    pub tone: Tone,
    /// The word.
    pub label: String,
    /// What more there is to know, shown when pointed at.
    pub hint: Option<String>,
    /// Another shape than the tone's own.
    pub icon: Option<Icon>,
    /// Whether something goes on, shown by a dot that moves.
    pub busy: bool,
}

impl Chip {
    /// A state.
    pub fn new(tone: Tone, label: impl Into<String>) -> Self {
        Self {
            tone,
            label: label.into(),
            hint: None,
            icon: None,
            busy: false,
        }
    }

    /// Something that goes on just now.
    pub fn busy(label: impl Into<String>) -> Self {
        Self {
            busy: true,
            ..Self::new(Tone::Info, label)
        }
    }

    /// Adds what more there is to know.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Takes another shape.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    fn shape(&self) -> Icon {
        self.icon.unwrap_or(self.tone.shape())
    }
}

piece!(Chip);
