//! How output may look: width, colours and letters.

use crate::text::{self, Ending};

/// What the place that output goes to can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Columns of the terminal; `None` when output goes to a file or a pipe, where nothing is shortened.
    pub width: Option<usize>,
    /// Whether to colour. Only ever on a terminal, and not when `NO_COLOR` is set.
    pub colour: bool,
    /// Whether lines and dots may be drawn with letters beyond ASCII.
    pub unicode: bool,
}

impl Look {
    /// For files and pipes: whole, without colour, drawn in ASCII.
    pub const PLAIN: Self = Self {
        width: None,
        colour: false,
        unicode: false,
    };

    /// The text in the ink, or as it is where there are no colours.
    pub fn paint(self, ink: Ink, text: &str) -> String {
        match ink.code() {
            Some(code) if self.colour && !text.is_empty() => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            _ => text.to_owned(),
        }
    }

    /// The text shortened to `limit` columns.
    pub fn shorten(self, text: &str, limit: usize) -> String {
        let ending = if self.unicode {
            Ending::Ellipsis
        } else {
            Ending::Dots
        };
        text::shorten(text, limit, ending)
    }

    /// The text shortened to what is left of the line after `used` columns.
    pub fn fit(self, text: &str, used: usize) -> String {
        match self.width {
            Some(width) => self.shorten(text, width.saturating_sub(used)),
            None => text.to_owned(),
        }
    }

    /// The first where letters beyond ASCII may be drawn, else the second.
    pub fn choose(self, unicode: &'static str, ascii: &'static str) -> &'static str {
        if self.unicode { unicode } else { ascii }
    }
}

/// What a piece of text means. Colours are the terminal's own, so both dark and light ones work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ink {
    /// Ordinary.
    #[default]
    Plain,
    /// A heading.
    Strong,
    /// Beside the point.
    Faint,
    /// As it should be.
    Good,
    /// Worth a look.
    Caution,
    /// Needs action.
    Alarm,
}

impl Ink {
    fn code(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Strong => Some("1"),
            Self::Faint => Some("2"),
            Self::Good => Some("32"),
            Self::Caution => Some("33"),
            Self::Alarm => Some("31"),
        }
    }
}
