//! How something is meant: a colour, and always a shape with it.

use crate::Icon;

/// How a state, a message or a number is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Neither good nor bad, and nothing goes on.
    Quiet,
    /// Worth knowing, or going on just now.
    Info,
    /// As it should be.
    Good,
    /// Works, but somebody should look.
    Warn,
    /// Does not work, or takes something away.
    Bad,
}

impl Tone {
    /// The class that the style sheet knows it by.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Quiet => "tone-quiet",
            Self::Info => "tone-info",
            Self::Good => "tone-good",
            Self::Warn => "tone-warn",
            Self::Bad => "tone-bad",
        }
    }

    /// The shape that says the same as the colour, for who does not see colours.
    pub(crate) fn shape(self) -> Icon {
        match self {
            Self::Quiet => Icon::Dash,
            Self::Info => Icon::Info,
            Self::Good => Icon::Good,
            Self::Warn => Icon::Warning,
            Self::Bad => Icon::Bad,
        }
    }
}
