//! The audit trail, and letters.

use chrono::{DateTime, Utc};
use governance::LetterState as State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::page::{Cursor, Limit};

/// An entry of the audit trail.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct AuditEntry {
    /// Counted from 1 without gaps.
    pub(crate) number: i64,
    /// When it happened.
    at: DateTime<Utc>,
    /// Who did it, as they were called then; and with which key, when it was with one.
    actor: String,
    /// The person's id, when it is one or acts for one.
    actor_id: Option<String>,
    /// How they came: `session`, `command`, `service`, `stranger`, or `api-key:` and the id of the key.
    via: String,
    /// From which address.
    from: Option<String>,
    /// With which request.
    request: Option<String>,
    /// What was done; stable.
    action: String,
    /// The same in words, between the actor and the object.
    says: String,
    /// To what.
    object: AuditObject,
    /// What changed by it.
    changes: Vec<AuditChange>,
    /// Why, when somebody said so.
    reason: Option<String>,
    /// A SHA-256 over the entry before and this one.
    hash: String,
}

/// What something was done to, as it was called then.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct AuditObject {
    /// Such as `connector`.
    kind: String,
    /// Which.
    id: String,
    /// How it was called.
    name: String,
}

/// A thing that changed.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct AuditChange {
    /// Which.
    field: String,
    /// What it was.
    before: Option<String>,
    /// What it is.
    after: Option<String>,
}

/// Which entries; the newest come first.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AuditQuery {
    /// Those with this in the actor's, the action's or the object's name, or the object's id.
    pub(crate) search: Option<String>,
    /// Those about things of this kind, such as `connector`.
    pub(crate) about: Option<String>,
    /// Those about the thing with this id.
    pub(crate) object: Option<String>,
    /// How many a page has.
    pub(crate) limit: Option<Limit>,
    /// Where the page begins.
    pub(crate) cursor: Option<Cursor>,
}

/// A letter to somebody. What is in it is not told: it may be a link that lets somebody in.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Letter {
    /// Its id.
    pub(crate) id: String,
    /// To whom.
    to: String,
    /// What it is about.
    subject: String,
    /// When it was written.
    created_at: DateTime<Utc>,
    /// How often it was tried to send it.
    tries: u32,
    /// How far it is.
    state: LetterState,
    /// What went wrong, the last time or for good.
    trouble: Option<String>,
}

/// How far a letter is.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LetterState {
    /// To be sent.
    Waiting,
    /// It was handed over.
    Sent,
    /// It cannot be sent.
    Failed,
}

impl From<governance::AuditEntry> for AuditEntry {
    fn from(entry: governance::AuditEntry) -> Self {
        let says = entry.draft.says().to_owned();
        let draft = entry.draft;
        let change = |change: governance::Difference| AuditChange {
            field: change.field,
            before: change.before,
            after: change.after,
        };
        Self {
            number: entry.number,
            at: draft.at,
            actor: draft.actor,
            actor_id: draft.actor_id,
            via: draft.via,
            from: draft.from,
            request: draft.request,
            action: draft.action,
            says,
            object: AuditObject {
                kind: draft.object.kind,
                id: draft.object.id,
                name: draft.object.name,
            },
            changes: draft.changes.into_iter().map(change).collect(),
            reason: draft.reason,
            hash: entry.hash.to_string(),
        }
    }
}

impl From<&governance::Letter> for Letter {
    fn from(letter: &governance::Letter) -> Self {
        let (state, trouble) = match &letter.state {
            State::Waiting { last, .. } => (LetterState::Waiting, last.clone()),
            State::Sent { .. } => (LetterState::Sent, None),
            State::Failed { why, .. } => (LetterState::Failed, Some(why.clone())),
        };
        Self {
            id: letter.id.to_string(),
            to: letter.to.to_string(),
            subject: letter.subject.clone(),
            created_at: letter.created_at,
            tries: letter.tries,
            state,
            trouble,
        }
    }
}
