//! Forms: what is sent, the proof that it is ours, and what was wrong the last time.

use askama::Template;

use crate::{Button, Field, Html, piece};

/// The name of the hidden field with the token against forged forms.
pub const CSRF_FIELD: &str = "csrf";

/// A form that changes something.
#[derive(Clone, Debug, Template)]
#[template(path = "form.html")]
pub struct Form {
    action: String,
    csrf: String,
    errors: ErrorSummary,
    body: Html,
    buttons: Html,
    files: bool,
    wide: bool,
}

impl Form {
    /// A form that posts there, with the token that proves it to be ours.
    pub fn new(action: impl Into<String>, csrf: impl Into<String>) -> Self {
        Self {
            action: action.into(),
            csrf: csrf.into(),
            errors: ErrorSummary::default(),
            body: Html::default(),
            buttons: Html::default(),
            files: false,
            wide: false,
        }
    }

    /// Adds a field; what is wrong with it is also said on top of the form.
    pub fn field(mut self, field: Field) -> Self {
        self.errors.entries.extend(field.troubles());
        self.body = self.body.and(field);
        self
    }

    /// Sends this along unseen.
    pub fn hidden(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let (name, value) = (name.into(), value.into());
        self.body = self.body.and(Hidden { name, value });
        self
    }

    /// Adds anything else between the fields.
    pub fn piece(mut self, piece: impl Into<Html>) -> Self {
        self.body = self.body.and(piece);
        self
    }

    /// Adds what was wrong with a field inside another piece, or with the form as a whole (then without an id).
    pub fn trouble(mut self, id: impl Into<String>, error: impl Into<String>) -> Self {
        self.errors.entries.push((id.into(), error.into()));
        self
    }

    /// Adds a button to the foot; the one that sends the form first.
    pub fn button(mut self, button: Button) -> Self {
        self.buttons = self.buttons.and(button);
        self
    }

    /// Lets the form carry files.
    pub fn with_files(mut self) -> Self {
        self.files = true;
        self
    }

    /// Lets the fields take all the room there is.
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }
}

#[derive(Template)]
#[template(
    source = r#"<input type="hidden" name="{{ name }}" value="{{ value }}">"#,
    ext = "html"
)]
pub(crate) struct Hidden {
    pub(crate) name: String,
    pub(crate) value: String,
}

/// All that was wrong with a form, each leading to its field.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "error_summary.html")]
pub struct ErrorSummary {
    /// The id of a field (or nothing), and what is wrong with it.
    pub entries: Vec<(String, String)>,
}

impl ErrorSummary {
    /// What is wrong with these.
    pub fn of<'f>(fields: impl IntoIterator<Item = &'f Field>) -> Self {
        Self {
            entries: fields.into_iter().flat_map(Field::troubles).collect(),
        }
    }
}

piece!(Form, ErrorSummary, Hidden);
