//! Moments, for people.

use askama::Template;
use chrono::{DateTime, SecondsFormat, Utc};

use crate::piece;

/// A moment: written out in UTC, and with script also as how long ago or how far ahead it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Template)]
#[template(path = "time.html")]
pub struct Time {
    moment: DateTime<Utc>,
    relative: bool,
}

impl Time {
    /// A moment of which it matters how long ago it is.
    pub fn ago(moment: DateTime<Utc>) -> Self {
        Self {
            moment,
            relative: true,
        }
    }

    /// A moment of which it matters when exactly it was.
    pub fn exact(moment: DateTime<Utc>) -> Self {
        Self {
            moment,
            relative: false,
        }
    }

    fn machine(&self) -> String {
        self.moment.to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    fn written(&self) -> String {
        let form = if self.relative {
            "%-d %b %Y, %H:%M UTC"
        } else {
            "%-d %b %Y, %H:%M:%S UTC"
        };
        self.moment.format(form).to_string()
    }
}

piece!(Time);
