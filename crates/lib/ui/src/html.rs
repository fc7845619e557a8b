//! Text that is already HTML, told apart from text that is not.

use std::fmt;

use askama::filters::HtmlSafe;

/// A piece of a page. Everything that goes into one was escaped when it was made.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Pieces one after another.
    pub fn of<P: HtmlSafe>(pieces: impl IntoIterator<Item = P>) -> Self {
        Self(pieces.into_iter().map(|piece| piece.to_string()).collect())
    }

    /// Plain text.
    pub fn text(text: impl AsRef<str>) -> Self {
        let mut escaped = String::with_capacity(text.as_ref().len());
        for character in text.as_ref().chars() {
            match character {
                '&' => escaped.push_str("&amp;"),
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                '"' => escaped.push_str("&quot;"),
                '\'' => escaped.push_str("&#39;"),
                other => escaped.push(other),
            }
        }
        Self(escaped)
    }

    /// What a template of the caller's own has rendered. Whoever calls it answers for the escaping.
    pub fn rendered(template: &impl askama::Template) -> Self {
        Self(template.to_string())
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts another piece behind this one.
    pub fn and(mut self, piece: impl Into<Self>) -> Self {
        self.0.push_str(&piece.into().0);
        self
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Html {}

impl From<&str> for Html {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for Html {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

/// Says of a type that its `Display` is a finished piece of a page, and lets it become [`Html`].
macro_rules! piece {
    ($($name:ty),+ $(,)?) => {
        $(
            impl askama::filters::HtmlSafe for $name {}

            impl From<$name> for $crate::Html {
                fn from(piece: $name) -> Self {
                    Self::of([piece])
                }
            }
        )+
    };
}
pub(crate) use piece;
