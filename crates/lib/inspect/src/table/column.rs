//! What a table is made of.

use crate::look::Ink;
use crate::text;

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    pub(super) title: &'static str,
    pub(super) rank: Rank,
    pub(super) to_right: bool,
}

/// What gives way where the terminal is narrow: the lower, the earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Left out as a whole when the rest leaves too little room: half of it would help nobody.
    Extra,
    /// Shortened first.
    Detail,
    /// Shortened next.
    Name,
    /// Shortened last: people copy it.
    Id,
}

impl Column {
    /// What people look for: a name.
    pub const fn name(title: &'static str) -> Self {
        Self::of(title, Rank::Name)
    }

    /// What they may want to know besides.
    pub const fn detail(title: &'static str) -> Self {
        Self::of(title, Rank::Detail)
    }

    /// What they copy into the next command.
    pub const fn id(title: &'static str) -> Self {
        Self::of(title, Rank::Id)
    }

    /// What is only of use as a whole, and is left out where there is no room.
    pub const fn extra(title: &'static str) -> Self {
        Self::of(title, Rank::Extra)
    }

    /// A number.
    pub const fn number(title: &'static str) -> Self {
        Self {
            title,
            rank: Rank::Id,
            to_right: true,
        }
    }

    const fn of(title: &'static str, rank: Rank) -> Self {
        Self {
            title,
            rank,
            to_right: false,
        }
    }
}

/// A piece of a row. Whatever a record holds, the text is safe to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub(super) text: String,
    pub(super) ink: Ink,
}

impl Cell {
    /// Text in an ink.
    pub fn new(text: impl AsRef<str>, ink: Ink) -> Self {
        Self {
            text: text::clean(text.as_ref()).into_owned(),
            ink,
        }
    }

    /// The text, or a dash where there is none.
    pub fn or_dash(text: &str) -> Self {
        Self::inked_or_dash(text, Ink::Plain)
    }

    /// The text in an ink, or a dash where there is none.
    pub fn inked_or_dash(text: &str, ink: Ink) -> Self {
        match text {
            "" => Self::new("-", Ink::Faint),
            _ => Self::new(text, ink),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::new(text, Ink::Plain)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::new(text, Ink::Plain)
    }
}
