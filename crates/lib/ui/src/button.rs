//! What can be pressed.

use askama::Template;

use crate::{Icon, form::CSRF_FIELD, piece};

/// Words that lead somewhere.
#[derive(Clone, Debug, Template)]
#[template(source = r#"<a href="{{ href }}">{{ label }}</a>"#, ext = "html")]
pub struct Link {
    /// The words.
    pub label: String,
    /// Where they lead.
    pub href: String,
}

impl Link {
    /// These words, leading there.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
        }
    }
}

/// How loud a button is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Plain,
    Primary,
    Danger,
    Quiet,
}

/// A button: a link that looks like one, or what sends a form.
#[derive(Clone, Debug, Template)]
#[template(path = "button.html")]
pub struct Button {
    label: String,
    href: Option<String>,
    kind: Kind,
    icon: Option<Icon>,
    answer: Option<(String, String)>,
    form: Option<String>,
}

impl Button {
    /// A button that leads somewhere.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            href: Some(href.into()),
            ..Self::submit(label)
        }
    }

    /// A button that sends the form that it stands in.
    pub fn submit(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            href: None,
            kind: Kind::Plain,
            icon: None,
            answer: None,
            form: None,
        }
    }

    /// The one next step of a page.
    pub fn primary(mut self) -> Self {
        self.kind = Kind::Primary;
        self
    }

    /// Takes something away.
    pub fn danger(mut self) -> Self {
        self.kind = Kind::Danger;
        self
    }

    /// A button without a frame, for what is rarely wanted.
    pub fn quiet(mut self) -> Self {
        self.kind = Kind::Quiet;
        self
    }

    /// Puts an icon before the words.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// What the form says if it was this button that sent it.
    pub fn answer(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.answer = Some((name.into(), value.into()));
        self
    }

    /// Sends the form with this id, wherever the button stands.
    pub fn of_form(mut self, id: impl Into<String>) -> Self {
        self.form = Some(id.into());
        self
    }

    pub(crate) fn class(&self) -> &'static str {
        match self.kind {
            Kind::Plain => "button",
            Kind::Primary => "button primary",
            Kind::Danger => "button danger",
            Kind::Quiet => "button quiet",
        }
    }
}

/// A form that is nothing but its button: *Sync now*, *Pause*, *Resend*.
#[derive(Clone, Debug, Template)]
#[template(path = "post_button.html")]
pub struct PostButton {
    button: Button,
    action: String,
    csrf: String,
    fields: Vec<(String, String)>,
}

impl PostButton {
    /// A button that posts there, with the token that proves it to be ours.
    pub fn new(button: Button, action: impl Into<String>, csrf: impl Into<String>) -> Self {
        Self {
            button,
            action: action.into(),
            csrf: csrf.into(),
            fields: Vec::new(),
        }
    }

    /// Sends this along.
    pub fn field(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.fields.push((name.into(), value.into()));
        self
    }
}

piece!(Link, Button, PostButton);
