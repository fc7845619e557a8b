//! Parts of a page that follow what happens.

use askama::Template;

use crate::{Html, piece};

/// A part that script keeps up to date; without script it is as it was when the page was made.
#[derive(Clone, Debug, Template)]
#[template(path = "live.html")]
pub struct Live {
    id: String,
    href: String,
    body: Html,
    every: u16,
}

impl Live {
    /// Asks this address every two seconds while the page is seen. The answer is the new contents, or a document in
    /// which they have the same id: the page's own address will do. The answer 204 says that nothing more will come.
    pub fn polled(id: impl Into<String>, href: impl Into<String>, body: impl Into<Html>) -> Self {
        Self {
            id: id.into(),
            href: href.into(),
            body: body.into(),
            every: 2,
        }
    }

    /// Listens to this address for server-sent events: `message` replaces the contents, `append` adds to them, `end`
    /// says that nothing more will come.
    pub fn events(id: impl Into<String>, href: impl Into<String>, body: impl Into<Html>) -> Self {
        Self {
            every: 0,
            ..Self::polled(id, href, body)
        }
    }

    /// Asks at another pace, in seconds.
    pub fn every(mut self, seconds: u16) -> Self {
        self.every = seconds;
        self
    }
}

piece!(Live);
