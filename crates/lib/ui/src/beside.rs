//! Things of one kind, beside the one that is shown.

use askama::Template;

use crate::{Html, piece};

/// One of the things.
#[derive(Clone, Debug)]
pub struct BesideItem {
    /// Its page.
    pub href: String,
    /// What it is called.
    pub title: Html,
    /// What it says more, smaller and below.
    pub text: Html,
    /// Whether it is the one that is shown.
    pub current: bool,
}

/// A list of things, and the one of them that is shown: side by side where there is room, else one below the other.
#[derive(Clone, Debug, Template)]
#[template(path = "beside.html")]
pub struct Beside {
    /// What the things are, for screen readers.
    pub label: String,
    /// The things.
    pub items: Vec<BesideItem>,
    /// The one that is shown.
    pub body: Html,
}

piece!(Beside);
