//! A message on a page.

use askama::Template;

use crate::{Link, Tone, piece};

/// A message in a box: what happened, and what can be done about it.
#[derive(Clone, Debug, Template)]
#[template(path = "notice.html")]
pub struct Notice {
    /// How it is meant.
    pub tone: Tone,
    /// What happened, in a few words.
    pub title: String,
    /// The rest; may be empty.
    pub text: String,
    /// Where to do something about it.
    pub action: Option<Link>,
}

impl Notice {
    /// A message with a title alone.
    pub fn new(tone: Tone, title: impl Into<String>) -> Self {
        Self {
            tone,
            title: title.into(),
            text: String::new(),
            action: None,
        }
    }

    /// Says more below the title.
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    /// Adds where to do something about it.
    pub fn action(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.action = Some(Link::new(label, href));
        self
    }

    /// What has gone wrong is read out at once, the rest when there is time.
    fn role(&self) -> &'static str {
        match self.tone {
            Tone::Bad => "alert",
            _ => "status",
        }
    }
}

piece!(Notice);
