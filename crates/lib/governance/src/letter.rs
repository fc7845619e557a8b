//! Letters to people: written down with the change that they are about, and sent later, so that none is lost.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{Email, LetterId};

/// A letter on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Which.
    pub id: LetterId,
    /// To whom.
    pub to: Email,
    /// In a line.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// How often it was tried to send it.
    pub tries: u32,
    /// How far it is.
    pub state: LetterState,
}

/// How far a letter is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LetterState {
    /// To be sent.
    Waiting {
        /// Not earlier than this.
        not_before: DateTime<Utc>,
        /// What went wrong the last time.
        last: Option<String>,
    },
    /// It was handed over.
    Sent {
        /// When.
        at: DateTime<Utc>,
    },
    /// It cannot be sent.
    Failed {
        /// Since when.
        at: DateTime<Utc>,
        /// Why.
        why: String,
    },
}

impl Letter {
    /// For how long whoever sends a letter has it for themselves: longer than a mail server may take.
    const CLAIMED: TimeDelta = TimeDelta::minutes(5);

    /// While somebody sends it: nobody else does, unless nothing more is heard of it.
    pub fn claimed(self, now: DateTime<Utc>) -> Self {
        let last = match self.state {
            LetterState::Waiting { last, .. } => last,
            LetterState::Sent { .. } | LetterState::Failed { .. } => None,
        };
        Self {
            state: LetterState::Waiting {
                not_before: now + Self::CLAIMED,
                last,
            },
            ..self
        }
    }

    /// How often it is tried to send one.
    pub const TRIES: u32 = 12;

    /// After a try that may go better another time: the waits double, from half a minute to some hours.
    pub fn deferred(self, now: DateTime<Utc>, why: String) -> Self {
        let tries = self.tries.saturating_add(1);
        if tries >= Self::TRIES {
            return self.failed(now, why);
        }
        let wait = TimeDelta::seconds(30_i64 << tries.min(9));
        Self {
            tries,
            state: LetterState::Waiting {
                not_before: now + wait,
                last: Some(why),
            },
            ..self
        }
    }

    /// After a refusal that will not change.
    pub fn failed(self, now: DateTime<Utc>, why: String) -> Self {
        Self {
            tries: self.tries.saturating_add(1),
            state: LetterState::Failed { at: now, why },
            ..self
        }
    }

    /// Once it was handed over.
    pub fn sent(self, now: DateTime<Utc>) -> Self {
        Self {
            tries: self.tries.saturating_add(1),
            state: LetterState::Sent { at: now },
            ..self
        }
    }
}
