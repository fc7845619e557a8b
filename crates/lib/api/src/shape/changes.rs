//! What a run changed.

use chrono::{DateTime, Utc};
use governance::access;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::access::Name;
use super::words::{Subject, Verdict, Way};
use crate::page::{Cursor, Limit};

/// How much a run changed, compared with what was believed before it.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct RunChanges {
    /// The id of the file that it handed over.
    file: String,
    /// The file that it was compared with; nothing for the first.
    base: Option<String>,
    /// When it was looked at.
    at: DateTime<Utc>,
    /// What became of it.
    verdict: Verdict,
    /// How much is different, by kind.
    counts: Vec<ChangeCount>,
}

/// How much of one kind is different.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ChangeCount {
    /// The kind of thing.
    subject: Subject,
    /// How many are new.
    added: u64,
    /// How many are gone.
    removed: u64,
    /// How many are not as they were.
    altered: u64,
}

/// One thing that a run changed.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Change {
    /// The kind of thing.
    subject: Subject,
    /// In which way it is different.
    way: Way,
    /// The account or other resource; what an entitlement is on; who holds a grant.
    resource: Name,
    /// The id of what can be held, or is held.
    entitlement: Option<String>,
    /// Its name.
    entitlement_name: Option<String>,
    /// What is not as it was, in words; empty for what is new or gone.
    altered: String,
}

/// Which changes.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeQuery {
    /// Of this kind only.
    subject: Option<Subject>,
    /// In this way only.
    way: Option<Way>,
    /// With this text in a name or id.
    search: Option<String>,
    /// How many a page has.
    pub(crate) limit: Option<Limit>,
    /// Where the page begins.
    pub(crate) cursor: Option<Cursor>,
}

impl ChangeQuery {
    pub(crate) fn read(&self) -> access::ChangeQuery {
        access::ChangeQuery {
            subjects: self.subject.map(Into::into).into_iter().collect(),
            ways: self.way.map(Into::into).into_iter().collect(),
            search: self.search.clone().unwrap_or_default(),
        }
    }
}

impl From<&access::RunChanges> for RunChanges {
    fn from(of: &access::RunChanges) -> Self {
        let count = |subject| ChangeCount {
            subject: Subject::from(subject),
            added: of.counts.of(subject, access::Way::Added),
            removed: of.counts.of(subject, access::Way::Removed),
            altered: of.counts.of(subject, access::Way::Altered),
        };
        Self {
            file: of.upload.to_string(),
            base: of.base.as_ref().map(ToString::to_string),
            at: of.at,
            verdict: of.verdict.into(),
            counts: access::Subject::ALL.into_iter().map(count).collect(),
        }
    }
}

impl From<access::RunChange> for Change {
    fn from(of: access::RunChange) -> Self {
        let (entitlement, entitlement_name) = match of.change.entitlement {
            Some(right) => (Some(right.id.to_string()), Some(right.name)),
            None => (None, None),
        };
        Self {
            subject: of.subject.into(),
            way: of.way.into(),
            resource: (&of.change.resource).into(),
            entitlement,
            entitlement_name,
            altered: of.change.altered,
        }
    }
}
