//! The frame of the pages for somebody who is not signed in yet.

use std::fmt;

use askama::Template;

use crate::assets;

/// A whole document: one card in the middle, under the product's mark.
#[derive(Template)]
#[template(path = "plain.html")]
pub struct Plain<'a> {
    /// What the browser's tab says, before the product's name.
    pub title: &'a str,
    /// The product's name.
    pub product: &'a str,
    /// What the card says: HTML that is trusted as it is.
    pub body: &'a dyn fmt::Display,
    /// A line of text below the card.
    pub foot: Option<&'a str>,
}

impl fmt::Debug for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plain")
            .field("title", &self.title)
            .finish_non_exhaustive()
    }
}
