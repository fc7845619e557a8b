//! What a change did or would do, for people and for records.

use serde::Serialize;
use serde_json::Value;

use crate::Note;

/// How a change ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// Whether anything was done.
    pub effect: Effect,
    /// What was done, or would be.
    pub change: Change,
    /// What else was noticed meanwhile, such as a change that somebody else made.
    pub notes: Vec<Note>,
}

impl Changed {
    /// A change without remarks.
    pub fn new(effect: Effect, change: Change) -> Self {
        Self {
            effect,
            change,
            notes: Vec::new(),
        }
    }
}

/// Whether anything was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// It was done, and was seen to be so afterwards.
    Made,
    /// It was so already.
    AlreadySo,
    /// Nothing was done: it was only asked what would be.
    Planned,
}

impl Effect {
    /// The word for machines.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::AlreadySo => "already_so",
            Self::Planned => "planned",
        }
    }
}

/// A change in words: what there was, what there is after it, and by which calls.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Change {
    /// What is changed, such as `Grant Billing to ada@example.com`.
    pub title: String,
    /// What there was, a line for each thing.
    pub before: Vec<String>,
    /// What there is afterwards.
    pub after: Vec<String>,
    /// The calls that change something, in their order; reading ones are left out.
    pub calls: Vec<Call>,
}

/// A call to the source that changes something.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Call {
    /// Such as `PUT`.
    pub method: String,
    /// Where, below the source's base address.
    pub path: String,
    /// What is sent, if anything. Never holds a secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
}
