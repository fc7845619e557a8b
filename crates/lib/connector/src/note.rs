//! Remarks on a run that do not stop it, kept in the log and in the file.

use serde::{Deserialize, Serialize};

/// Something that a reader of the result must know.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Note {
    /// How much it matters.
    pub severity: Severity,
    /// For machines, stable, such as `missing-permission`.
    pub code: String,
    /// What happened and what is absent because of it.
    pub message: String,
    /// What to do; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
}

impl Note {
    /// The note with control characters replaced by spaces: names from the source do nothing to a terminal.
    #[must_use]
    pub fn plain(mut self) -> Self {
        for text in [&mut self.message, &mut self.hint] {
            *text = text.replace(char::is_control, " ");
        }
        self
    }
}

/// How much a note matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing: a limit of what any listing can show.
    Info,
    /// Something is absent that could be there.
    Warning,
}
