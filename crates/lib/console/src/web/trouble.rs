//! What is wrong with a form that was sent.

use super::error::sentence;

/// What is wrong with one field, or nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trouble(Option<(&'static str, String)>);

impl Trouble {
    /// Nothing is.
    pub(crate) fn none() -> Self {
        Self::default()
    }

    /// This is, with that field.
    pub(crate) fn with(field: &'static str, what: impl std::fmt::Display) -> Self {
        Self(Some((field, sentence(&what.to_string()))))
    }

    /// What is wrong with a field.
    pub(crate) fn at(&self, field: &str) -> Option<&str> {
        let (_, what) = self.0.as_ref().filter(|(at, _)| *at == field)?;
        Some(what)
    }
}
