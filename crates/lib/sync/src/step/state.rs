//! What a checkpoint holds.

use std::cmp::Reverse;
use std::collections::{BTreeSet, VecDeque};

use connector::{Feed, FeedId, Note, Severity};
use serde::{Deserialize, Serialize};

/// How far a run is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    pub(super) phase: Phase,
    /// Feeds to read, in the order in which they are tried.
    pub(super) waiting: VecDeque<Planned>,
    /// Feeds being read; after an interruption, those to read again.
    pub(super) reading: Vec<Planned>,
    /// Feeds that were read whole.
    pub(super) done: BTreeSet<FeedId>,
    pub(super) remarks: Vec<Remark>,
}

/// The part of the run that is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Phase {
    /// Feeds are read.
    Reading,
    /// Grants are expanded.
    Expanding,
    /// All records are there.
    Sealing,
}

/// A feed, and which feeds brought it up (none: the connector planned it).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Planned {
    #[serde(flatten)]
    pub(super) feed: Feed,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) found_by: BTreeSet<FeedId>,
}

/// A note, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Remark {
    pub(super) origin: Origin,
    #[serde(flatten)]
    pub(super) note: Note,
}

/// Who made a note: when that part of the run is done again, its notes go first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Origin {
    /// What precedes the reading, in each run anew.
    Start,
    /// The reading of a feed.
    Feed(FeedId),
    /// The expansion of grants.
    Expansion,
}

impl State {
    /// A run that is to read these feeds; of two with the same name the first counts.
    pub(crate) fn new(feeds: Vec<Feed>) -> Self {
        let mut state = Self {
            phase: Phase::Reading,
            waiting: VecDeque::new(),
            reading: Vec::new(),
            done: BTreeSet::new(),
            remarks: Vec::new(),
        };
        for feed in feeds {
            if !state.knows(&feed.id) {
                state.waiting.push_back(Planned {
                    feed,
                    found_by: BTreeSet::new(),
                });
            }
        }
        state
    }

    /// The number of feeds that were read whole.
    pub(crate) fn feeds_done(&self) -> usize {
        self.done.len()
    }

    /// Whether this state came from the same plan: a newer connector may cut the account differently.
    pub(crate) fn fits(&self, plan: &[Feed]) -> bool {
        let open = || self.waiting.iter().chain(&self.reading);
        let kept = plan
            .iter()
            .all(|feed| self.done.contains(&feed.id) || open().any(|planned| planned.feed == *feed));
        let known = open()
            .filter(|planned| planned.found_by.is_empty())
            .all(|planned| plan.contains(&planned.feed));
        kept && known
    }

    /// All notes, each once: warnings first, and in an order that does not depend on who was faster.
    pub(crate) fn notes(&self) -> Vec<Note> {
        let mut notes: Vec<_> = self.remarks.iter().map(|remark| remark.note.clone()).collect();
        notes.sort_by(|a, b| rank(a).cmp(&rank(b)));
        notes.dedup();
        notes
    }

    /// Whether a feed of this name is planned, being read or done.
    pub(super) fn knows(&self, id: &FeedId) -> bool {
        self.done.contains(id) || self.is_open(id)
    }

    /// Whether a feed of this name is still to be completed.
    pub(super) fn is_open(&self, id: &FeedId) -> bool {
        self.reading
            .iter()
            .chain(&self.waiting)
            .any(|planned| planned.feed.id == *id)
    }
}

fn rank(note: &Note) -> (Reverse<Severity>, &str, &str, &str) {
    (Reverse(note.severity), &note.code, &note.message, &note.hint)
}
