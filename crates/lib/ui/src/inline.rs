//! Small pieces beside each other.

use askama::Template;

use crate::{Html, piece};

/// Buttons or chips in a row that breaks where there is no room.
#[derive(Clone, Debug, Default, Template)]
#[template(source = r#"<div class="actions">{{ pieces }}</div>"#, ext = "html")]
pub struct Inline {
    pieces: Html,
}

impl Inline {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a piece.
    pub fn with(mut self, piece: impl Into<Html>) -> Self {
        self.pieces = self.pieces.and(piece);
        self
    }
}

piece!(Inline);
