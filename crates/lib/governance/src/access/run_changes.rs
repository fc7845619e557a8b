//! What a run changed, kept for as long as its file is: counts of all of it, and the first of each kind.

use std::collections::BTreeMap;
use std::fmt;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{Change, Changed, Changes, Difference, Page, PageRequest, ResourceKind};
use crate::repository::Stored;
use crate::{ConnectorId, UploadId};

/// What kind of thing is different.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A person's or a program's account, or an invitation.
    Account,
    /// A group, a role, a credential, or something else.
    Resource,
    /// Something that can be held.
    Entitlement,
    /// That somebody holds something.
    Grant,
}

/// In which way it is different.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is not as it was.
    Altered,
}

/// What became of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It is what everybody sees, or was until the next.
    Believed,
    /// It waits for a person.
    Held,
    /// A person did not believe it.
    Discarded,
}

/// How much a run changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunChanges {
    /// Of which connector.
    pub connector: ConnectorId,
    /// The file of the run.
    pub upload: UploadId,
    /// The file that it was compared with; `None` when it was the first that was believed.
    pub base: Option<UploadId>,
    /// When it was looked at.
    pub at: DateTime<Utc>,
    /// What became of it.
    pub verdict: Verdict,
    /// How much is different.
    pub counts: ChangeCounts,
}

/// How much of each kind is different in each way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeCounts(BTreeMap<(Subject, Way), u64>);

/// One thing that a run changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunChange {
    /// What kind of thing.
    pub subject: Subject,
    /// In which way it is different.
    pub way: Way,
    /// What it is.
    pub change: Change,
}

/// Which changes; nothing chosen is no restriction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeQuery {
    /// Of these kinds.
    pub subjects: Vec<Subject>,
    /// In these ways.
    pub ways: Vec<Way>,
    /// With this text in a name or id, in capitals or not; empty is no restriction.
    pub search: String,
}

/// What runs changed.
#[async_trait]
pub trait ChangeLog: Send + Sync {
    /// How much the runs with these files changed; nothing of those that were not looked at.
    async fn run_changes(&self, uploads: &[UploadId]) -> Stored<Vec<RunChanges>>;
    /// What a run changed, as far as it is kept: by kind and way, then by name.
    async fn changes(
        &self,
        upload: &UploadId,
        query: &ChangeQuery,
        page: PageRequest,
    ) -> Stored<Page<RunChange>>;
}

impl Subject {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 4] = [Self::Account, Self::Resource, Self::Entitlement, Self::Grant];

    /// Its name in addresses, stable.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Resource => "resource",
            Self::Entitlement => "entitlement",
            Self::Grant => "grant",
        }
    }
}

impl Way {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 3] = [Self::Added, Self::Removed, Self::Altered];

    /// Its name in addresses, stable.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Altered => "altered",
        }
    }
}

impl Verdict {
    /// Its name in the database, stable.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Believed => "believed",
            Self::Held => "held",
            Self::Discarded => "discarded",
        }
    }

    /// The one of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Believed, Self::Held, Self::Discarded]
            .into_iter()
            .find(|verdict| verdict.as_str() == name)
    }
}

impl ChangeCounts {
    /// How many of a kind are different in a way.
    pub fn of(&self, subject: Subject, way: Way) -> u64 {
        let Self(counts) = self;
        counts.get(&(subject, way)).copied().unwrap_or_default()
    }

    /// With another number of them.
    pub fn with(mut self, subject: Subject, way: Way, count: u64) -> Self {
        if count > 0 {
            self.0.insert((subject, way), count);
        } else {
            self.0.remove(&(subject, way));
        }
        self
    }

    /// How many are different in a way, whatever they are.
    pub fn in_way(&self, way: Way) -> u64 {
        let Self(counts) = self;
        let in_way = counts.iter().filter(|((_, of), _)| *of == way);
        in_way.map(|(_, count)| count).sum()
    }

    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many a query lets through, whatever it searches for.
    pub fn let_through(&self, query: &ChangeQuery) -> u64 {
        let Self(counts) = self;
        let is_wanted = |(subject, way): &(Subject, Way)| {
            (query.subjects.is_empty() || query.subjects.contains(subject))
                && (query.ways.is_empty() || query.ways.contains(way))
        };
        let wanted = counts.iter().filter(|(of, _)| is_wanted(of));
        wanted.map(|(_, count)| count).sum()
    }

    fn of_difference(difference: &Difference) -> Self {
        let mut counts = Self::default();
        for one in &difference.types {
            let subject = subject_of(one.of.kind);
            for (way, more) in Way::ALL.into_iter().zip([one.added, one.removed, one.altered]) {
                let sum = counts.of(subject, way) + more;
                counts = counts.with(subject, way, sum);
            }
        }
        for (subject, changes) in [
            (Subject::Entitlement, &difference.entitlements),
            (Subject::Grant, &difference.grants),
        ] {
            for (way, changed) in changes.by_way() {
                counts = counts.with(subject, way, changed.count);
            }
        }
        counts
    }
}

impl fmt::Display for ChangeCounts {
    /// In few words: `3 added, 1 removed`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ways = Way::ALL.map(|way| (self.in_way(way), way.as_str()));
        let words = ways.into_iter().filter(|(count, _)| *count > 0);
        let words: Vec<String> = words.map(|(count, way)| format!("{count} {way}")).collect();
        if words.is_empty() {
            return f.write_str("nothing changed");
        }
        f.write_str(&words.join(", "))
    }
}

fn subject_of(kind: ResourceKind) -> Subject {
    match kind {
        ResourceKind::User => Subject::Account,
        _ => Subject::Resource,
    }
}

impl Changes {
    fn by_way(&self) -> [(Way, &Changed); 3] {
        [
            (Way::Added, &self.added),
            (Way::Removed, &self.removed),
            (Way::Altered, &self.altered),
        ]
    }
}

impl Difference {
    /// The same as it is kept: how much, and what of it is known by name.
    pub fn kept(&self) -> (ChangeCounts, Vec<RunChange>) {
        let mut all = Vec::new();
        for (changes, subject) in [
            (&self.resources, None),
            (&self.entitlements, Some(Subject::Entitlement)),
            (&self.grants, Some(Subject::Grant)),
        ] {
            for (way, changed) in changes.by_way() {
                all.extend(changed.samples.iter().map(|change| RunChange {
                    subject: subject.unwrap_or_else(|| self.subject(change)),
                    way,
                    change: change.clone(),
                }));
            }
        }
        all.sort_by_key(|one| (one.subject, one.way));
        (ChangeCounts::of_difference(self), all)
    }

    /// By the type, as it is counted.
    fn subject(&self, change: &Change) -> Subject {
        let resource = &change.resource;
        let of = self
            .types
            .iter()
            .find(|one| one.of.id == resource.id.resource_type);
        subject_of(of.map_or(resource.kind, |one| one.of.kind))
    }
}
