//! Fields of forms: each with its label, its help and what is wrong with it, all tied together for screen readers.

mod choice;
mod control;

use askama::Template;

pub use self::choice::{Choice, SelectOption};
use self::control::{Control, Input};
use crate::piece;

/// A field of a form. Its id is its name, so error summaries can lead to it.
#[derive(Clone, Debug, Template)]
#[template(path = "field.html")]
pub struct Field {
    id: String,
    name: String,
    label: String,
    hint: Option<String>,
    error: Option<String>,
    required: bool,
    control: Control,
}

impl Field {
    /// One line of text.
    pub fn text(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Control::Input(Input::of_type("text")))
    }

    /// An e-mail address.
    pub fn email(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Control::Input(Input::of_type("email"))).autocomplete("email")
    }

    /// A whole number.
    pub fn number(name: impl Into<String>, label: impl Into<String>) -> Self {
        let input = Input {
            inputmode: Some("numeric"),
            ..Input::of_type("text")
        };
        Self::new(name, label, Control::Input(input))
    }

    /// A password that is already known: `current-password`; or one to be thought of: `new-password`.
    pub fn password(
        name: impl Into<String>,
        label: impl Into<String>,
        autocomplete: impl Into<String>,
    ) -> Self {
        Self::new(name, label, Control::Input(Input::of_type("password"))).autocomplete(autocomplete)
    }

    /// A secret that is not a person's password, such as an API token: browsers should neither offer nor keep one.
    pub fn secret(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::password(name, label, "off")
    }

    /// The six digits of a second factor.
    pub fn code(name: impl Into<String>, label: impl Into<String>) -> Self {
        let input = Input {
            inputmode: Some("numeric"),
            code: true,
            ..Input::of_type("text")
        };
        Self::new(name, label, Control::Input(input)).autocomplete("one-time-code")
    }

    /// A file to upload; the form must be a [`crate::Form::with_files`].
    pub fn file(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(name, label, Control::Input(Input::of_type("file")))
    }

    /// Several lines of text.
    pub fn textarea(name: impl Into<String>, label: impl Into<String>, rows: u8) -> Self {
        let value = String::new();
        Self::new(name, label, Control::TextArea { rows, value })
    }

    /// One of several, from a list that opens.
    pub fn select(name: impl Into<String>, label: impl Into<String>, options: Vec<SelectOption>) -> Self {
        Self::new(name, label, Control::Select(options))
    }

    /// Yes or no.
    pub fn checkbox(name: impl Into<String>, label: impl Into<String>, checked: bool) -> Self {
        Self::new(name, label, Control::Checkbox { checked })
    }

    /// One of a few, each explained on a card of its own.
    pub fn cards(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self::new(name, label, Control::Cards { choices, many: false })
    }

    /// Any of a few, each explained on a card of its own.
    pub fn check_cards(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self::new(name, label, Control::Cards { choices, many: true })
    }

    fn new(name: impl Into<String>, label: impl Into<String>, control: Control) -> Self {
        let name = name.into();
        Self {
            id: name.clone(),
            name,
            label: label.into(),
            hint: None,
            error: None,
            required: false,
            control,
        }
    }

    /// An id of its own, where a page has two fields of one name.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = id.into();
        self
    }

    /// What stands in it, or which option is chosen. A password or secret never shows again what was put in.
    pub fn value(mut self, value: impl AsRef<str>) -> Self {
        self.control.fill(value.as_ref());
        self
    }

    /// What to put in, and where to find it.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// What is wrong with what was put in, if anything.
    pub fn error(mut self, error: Option<impl Into<String>>) -> Self {
        self.error = error.map(Into::into);
        self
    }

    /// Must not be left empty. Of all others the label says that they are optional.
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// What a browser may fill in.
    pub fn autocomplete(mut self, autocomplete: impl Into<String>) -> Self {
        if let Control::Input(input) = &mut self.control {
            input.autocomplete = Some(autocomplete.into());
        }
        self
    }

    /// An example, shown while the field is empty. Never the only help.
    pub fn placeholder(mut self, placeholder: impl Into<String>) -> Self {
        if let Control::Input(input) = &mut self.control {
            input.placeholder = Some(placeholder.into());
        }
        self
    }

    /// Puts the cursor here when the page opens; for the first field of a page that is all form.
    pub fn focus(mut self) -> Self {
        if let Control::Input(input) = &mut self.control {
            input.focus = true;
        }
        self
    }

    /// The most bytes of a file, which script looks at before it is sent.
    pub fn largest(mut self, bytes: u64) -> Self {
        if let Control::Input(input) = &mut self.control {
            input.largest = Some(bytes);
        }
        self
    }

    /// Suggestions to pick from while typing; anything else may be typed as well.
    pub fn suggestions(mut self, suggestions: Vec<String>) -> Self {
        if let Control::Input(input) = &mut self.control {
            input.suggestions = suggestions;
        }
        self
    }

    /// What is wrong with it and with the fields inside it, each after the id that a link should lead to.
    pub(crate) fn troubles(&self) -> Vec<(String, String)> {
        let (id, choices): (_, &[Choice]) = match &self.control {
            Control::Cards { choices, .. } => (format!("{}-0", self.id), choices),
            _ => (self.id.clone(), &[]),
        };
        let mine = self.error.iter().map(|error| (id.clone(), error.clone()));
        let chosen = choices.iter().filter(|choice| choice.checked);
        mine.chain(chosen.flat_map(|choice| choice.troubles.clone()))
            .collect()
    }

    /// The ids of help and error, for `aria-describedby`.
    fn described_by(&self) -> String {
        let parts = [(self.hint.is_some(), "hint"), (self.error.is_some(), "error")];
        let ids: Vec<String> = parts
            .iter()
            .filter(|(there, _)| *there)
            .map(|(_, part)| format!("{}-{part}", self.id))
            .collect();
        ids.join(" ")
    }

    fn says_optional(&self) -> bool {
        !self.required
            && !matches!(
                self.control,
                Control::Checkbox { .. } | Control::Cards { many: true, .. }
            )
    }
}

piece!(Field);
