//! Rarer things to do, behind one button.

use askama::Template;

use crate::{Icon, form::CSRF_FIELD, piece};

/// Something to do.
#[derive(Clone, Debug)]
pub struct MenuItem {
    label: String,
    icon: Option<Icon>,
    href: String,
    csrf: Option<String>,
    danger: bool,
}

impl MenuItem {
    /// Leads somewhere.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            icon: None,
            href: href.into(),
            csrf: None,
            danger: false,
        }
    }

    /// Posts there, with the token that proves the form to be ours.
    pub fn post(label: impl Into<String>, action: impl Into<String>, csrf: impl Into<String>) -> Self {
        Self {
            csrf: Some(csrf.into()),
            ..Self::link(label, action)
        }
    }

    /// Puts an icon before the words.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Takes something away.
    pub fn danger(mut self) -> Self {
        self.danger = true;
        self
    }
}

/// A button that opens a list of things to do.
#[derive(Clone, Debug, Template)]
#[template(path = "menu.html")]
pub struct Menu {
    /// Its id on the page.
    pub id: String,
    /// What the button is called, for screen readers.
    pub label: String,
    /// What can be done.
    pub items: Vec<MenuItem>,
}

piece!(Menu);
