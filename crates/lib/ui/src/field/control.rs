//! What a field lets one put in.

use super::{Choice, SelectOption};

/// The part of a field that takes what is put in.
#[derive(Clone, Debug)]
pub(super) enum Control {
    Input(Input),
    TextArea { rows: u8, value: String },
    Select(Vec<SelectOption>),
    Checkbox { checked: bool },
    Cards { choices: Vec<Choice>, many: bool },
}

/// One line.
#[derive(Clone, Debug, Default)]
pub(super) struct Input {
    pub(super) kind: &'static str,
    pub(super) value: String,
    pub(super) autocomplete: Option<String>,
    pub(super) placeholder: Option<String>,
    pub(super) inputmode: Option<&'static str>,
    pub(super) suggestions: Vec<String>,
    pub(super) focus: bool,
    pub(super) code: bool,
    pub(super) largest: Option<u64>,
}

impl Input {
    pub(super) fn of_type(kind: &'static str) -> Self {
        Self {
            kind,
            ..Self::default()
        }
    }

    /// Names, words and secrets that a browser should neither correct nor capitalise.
    pub(super) fn is_verbatim(&self) -> bool {
        matches!(self.kind, "password" | "email") || self.code
    }
}

impl Control {
    pub(super) fn fill(&mut self, filling: &str) {
        match self {
            Self::Input(input) if matches!(input.kind, "password" | "file") => {}
            Self::Input(input) => filling.clone_into(&mut input.value),
            Self::TextArea { value, .. } => filling.clone_into(value),
            Self::Select(options) => {
                for option in options {
                    option.selected = option.value == filling;
                }
            }
            Self::Checkbox { checked } => *checked = !filling.is_empty(),
            Self::Cards { choices, many } => {
                for choice in choices {
                    choice.checked = choice.value == filling || (*many && choice.checked);
                }
            }
        }
    }
}
