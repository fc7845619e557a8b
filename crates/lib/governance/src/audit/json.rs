//! Entries as lines of JSON: the trail as it is taken along, and as it can be verified anywhere.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{AuditDraft, AuditEntry, AuditHash, Difference, Object};

/// A line that is no entry.
#[derive(Debug, thiserror::Error)]
#[error("this is no entry of an audit trail: {0}")]
pub struct AuditLineError(String);

/// An entry as it stands in a line.
#[derive(Serialize, Deserialize)]
struct Line {
    number: i64,
    /// Microseconds since 1970, UTC: exactly what was hashed.
    at_micros: i64,
    /// The same for people.
    at: DateTime<Utc>,
    actor: String,
    actor_id: Option<String>,
    via: String,
    from: Option<String>,
    request: Option<String>,
    action: String,
    object_kind: String,
    object_id: String,
    object_name: String,
    changes: Vec<(String, Option<String>, Option<String>)>,
    reason: Option<String>,
    hash: String,
}

impl AuditEntry {
    /// As one line.
    pub fn to_json(&self) -> String {
        let draft = self.draft.clone();
        let parts = |change: Difference| (change.field, change.before, change.after);
        let line = Line {
            number: self.number,
            at_micros: draft.at.timestamp_micros(),
            at: draft.at,
            actor: draft.actor,
            actor_id: draft.actor_id,
            via: draft.via,
            from: draft.from,
            request: draft.request,
            action: draft.action,
            object_kind: draft.object.kind,
            object_id: draft.object.id,
            object_name: draft.object.name,
            changes: draft.changes.into_iter().map(parts).collect(),
            reason: draft.reason,
            hash: self.hash.to_string(),
        };
        serde_json::to_string(&line).unwrap_or_default()
    }

    /// Reads what [`AuditEntry::to_json`] wrote.
    ///
    /// # Errors
    /// When it is something else.
    pub fn from_json(line: &str) -> Result<Self, AuditLineError> {
        let line: Line = serde_json::from_str(line).map_err(|error| AuditLineError(error.to_string()))?;
        let at = DateTime::from_timestamp_micros(line.at_micros);
        let at = at.ok_or_else(|| AuditLineError("its time is none".to_owned()))?;
        let hash = hash(&line.hash).ok_or_else(|| AuditLineError("its hash is none".to_owned()))?;
        let difference = |(field, before, after)| Difference { field, before, after };
        Ok(Self {
            number: line.number,
            hash,
            draft: AuditDraft {
                at,
                actor: line.actor,
                actor_id: line.actor_id,
                via: line.via,
                from: line.from,
                request: line.request,
                action: line.action,
                object: Object {
                    kind: line.object_kind,
                    id: line.object_id,
                    name: line.object_name,
                },
                changes: line.changes.into_iter().map(difference).collect(),
                reason: line.reason,
            },
        })
    }
}

fn hash(text: &str) -> Option<AuditHash> {
    let mut hash = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (place, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    Some(AuditHash(hash))
}
