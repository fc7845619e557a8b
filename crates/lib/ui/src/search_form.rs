//! A search that is not one of a table.

use askama::Template;

use crate::{Icon, piece};

/// A field that asks a page for what is typed, as `q` in its address.
#[derive(Clone, Debug, Template)]
#[template(path = "search_form.html")]
pub struct SearchForm {
    /// The page.
    pub action: String,
    /// What can be searched for, for everybody to read.
    pub label: String,
    /// What was searched for.
    pub q: String,
}

piece!(SearchForm);
