//! A sync that is held for a person.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use super::changes::RunChanges;

/// A sync that lost a suspicious share of what was there.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Held {
    /// The id of the file that it handed over.
    file: String,
    /// Since when it is held.
    since: DateTime<Utc>,
    /// Why.
    why: String,
    /// The run, which lists its changes; nothing when that is not kept any more: then let it read again.
    run: Option<String>,
    /// How much would be different.
    changes: Option<RunChanges>,
}

impl Held {
    pub(crate) fn of(held: &governance::Held, run: Option<&governance::Run>) -> Self {
        Self {
            file: held.upload.to_string(),
            since: held.since,
            why: held.why.clone(),
            run: run.map(|run| run.task.id.to_string()),
            changes: run.and_then(|run| run.changes.as_ref()).map(RunChanges::from),
        }
    }
}
