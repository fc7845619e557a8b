//! A drawing that was made here.

use askama::Template;

use crate::piece;

/// A drawing as SVG, on white: what has to be read by a camera is read on any background then.
#[derive(Clone, Debug, Template)]
#[template(source = r#"<div class="drawing">{{ svg|safe }}</div>"#, ext = "html")]
pub struct Drawing {
    svg: String,
}

impl Drawing {
    /// A drawing of our own making: it goes into the page as it is, so it is never somebody else's.
    pub fn of_our_own(svg: impl Into<String>) -> Self {
        Self { svg: svg.into() }
    }
}

piece!(Drawing);
