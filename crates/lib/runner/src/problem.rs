//! Mistakes in the settings, told all at once.

use std::fmt;

use crate::input::Origin;

/// One mistake in what was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    message: String,
    origin: Option<String>,
    hint: String,
    missing: bool,
}

impl Problem {
    /// A mistake, in a sentence for the person.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            origin: None,
            hint: String::new(),
            missing: false,
        }
    }

    /// A required setting that was not given.
    pub(crate) fn missing(name: &str) -> Self {
        let message = format!("field {name} of type string is marked as required but it has a zero-value");
        Self {
            missing: true,
            ..Self::new(message)
        }
    }

    /// Says where the value at fault comes from.
    pub fn given_by(mut self, origin: &Origin) -> Self {
        self.origin = Some(origin.to_string());
        self
    }

    /// Says what to do.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

impl fmt::Display for Problem {
    /// The mistake on its own line, what is known about it on indented ones.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(origin) = &self.origin {
            write!(f, "\n  given by: {origin}")?;
        }
        if !self.hint.is_empty() {
            write!(f, "\n  hint: {}", self.hint)?;
        }
        Ok(())
    }
}

/// All mistakes of one start, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    /// A single mistake stands alone, as in the original; missing settings and several mistakes get a heading.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        if lines.len() > 1 || self.0.iter().any(|problem| problem.missing) {
            f.write_str("errors found:\n")?;
        }
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for Problems {}
