//! The time as authenticator apps count it.

use chrono::{DateTime, Utc};

/// How long a code is shown.
const SECONDS: i64 = 30;

/// A span of 30 seconds, counted from 1970. Each has its own code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step(i64);

impl Step {
    /// The step that a moment is in.
    pub fn at(moment: DateTime<Utc>) -> Self {
        Self(moment.timestamp().div_euclid(SECONDS))
    }

    /// The step of this number, as [`Step::number`] gave it.
    pub fn from_number(number: i64) -> Self {
        Self(number)
    }

    /// How it is stored.
    pub fn number(self) -> i64 {
        self.0
    }

    /// This step and its neighbours, latest first: clocks differ, and people are slow.
    pub(crate) fn around(self) -> [Self; 3] {
        [self.0.saturating_add(1), self.0, self.0.saturating_sub(1)].map(Self)
    }
}
