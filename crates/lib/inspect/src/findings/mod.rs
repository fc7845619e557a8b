//! What stands out in an account: each finding with whom it is about, why it matters and what to do.
//!
//! Rules are pure functions of one sync. The moment they judge by is when the sync was read, so the same
//! file always gives the same findings.

mod denials;
mod doubles;
mod idle;
mod invitations;
mod outsiders;
mod second_factor;
mod show;
mod super_administrators;
mod tokens;

use chrono::{DateTime, Utc};
use model::ResourceId;

pub(crate) use show::{account, show, tell};

use crate::account::{Account, Person};

/// Something that a reviewer should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// For machines, stable.
    pub(crate) code: &'static str,
    /// How much it matters.
    pub(crate) severity: Severity,
    /// What was found, in a line.
    pub(crate) title: String,
    /// Whom or what it is about.
    pub(crate) subjects: Vec<Subject>,
    /// Why it matters.
    pub(crate) why: &'static str,
    /// What to do.
    pub(crate) advice: &'static str,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Severity {
    /// Act now.
    High,
    /// Act soon.
    Medium,
    /// Tidy up.
    Low,
}

impl Severity {
    /// The word for it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

/// Whom or what a finding is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Subject {
    /// The resource.
    pub(crate) id: ResourceId,
    /// Its name.
    pub(crate) name: String,
    /// What is the matter with it; may be empty.
    pub(crate) detail: String,
}

/// All that stands out in an account as it was at `moment`, the weightiest first.
pub(crate) fn findings(account: &Account, moment: DateTime<Utc>) -> Vec<Finding> {
    let mut found = Vec::new();
    found.extend(second_factor::find(account));
    found.extend(super_administrators::find(account));
    found.extend(outsiders::find(account));
    found.extend(invitations::find(account, moment));
    found.extend(tokens::find(account, moment));
    found.push(denials::find(account));
    found.push(doubles::find(account));
    found.push(idle::find(account));
    found.retain(|finding| !finding.subjects.is_empty());
    found.sort_by_key(|finding| finding.severity);
    found
}

/// A person as a subject.
fn person(person: &Person, detail: impl Into<String>) -> Subject {
    Subject {
        id: person.id.clone(),
        name: person.name.clone(),
        detail: detail.into(),
    }
}

/// The powerful rights of a person in a phrase; empty when there are none.
fn powers(person: &Person) -> String {
    let powerful = person.rights().filter(|holding| holding.right.is_powerful());
    let mut phrases: Vec<String> = powerful.map(|holding| holding.right.phrase()).collect();
    phrases.dedup();
    phrases.join(", ")
}

#[cfg(test)]
mod tests;
