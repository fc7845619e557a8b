//! What a run has written, in memory, under the rules that files have.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use async_trait::async_trait;
use connector::{ConnectorError, Feed, Known, Note, Output, Owned, Record, RowCursor};
use model::{Entitlement, EntitlementId, Grant, GrantId, Resource, ResourceId, ResourceTypeId};

/// Small, so that every reader has to turn pages.
const PAGE: usize = 7;

#[derive(Clone, Debug, Default)]
pub(crate) struct File(Arc<Mutex<Rows>>);

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Rows {
    pub(crate) resources: BTreeMap<ResourceId, Resource>,
    pub(crate) entitlements: BTreeMap<EntitlementId, Entitlement>,
    pub(crate) grants: BTreeMap<GrantId, Grant>,
    pub(crate) notes: Vec<Note>,
}

impl File {
    pub(crate) fn rows(&self) -> MutexGuard<'_, Rows> {
        self.0.lock().unwrap()
    }

    pub(crate) fn add_note(&self, note: Note) {
        let mut rows = self.rows();
        if !rows.notes.contains(&note) {
            rows.notes.push(note);
        }
    }

    pub(crate) fn of_type(&self, kind: &str) -> Vec<Resource> {
        let rows = self.rows();
        let all = rows.resources.values();
        all.filter(|resource| resource.id.resource_type.as_str() == kind)
            .cloned()
            .collect()
    }

    /// All records, by id.
    pub(crate) fn records(&self) -> Vec<Record> {
        let rows = self.rows().clone();
        let resources = rows.resources.into_values().map(Record::Resource);
        let entitlements = rows.entitlements.into_values().map(Record::Entitlement);
        let grants = rows.grants.into_values().map(Record::Grant);
        resources.chain(entitlements).chain(grants).collect()
    }

    /// Grants whose ends are not in the file.
    pub(crate) fn dangling(&self) -> Vec<String> {
        let rows = self.rows();
        let whole = |grant: &Grant| {
            rows.resources.contains_key(&grant.principal)
                && rows.entitlements.contains_key(&grant.entitlement)
                && rows.resources.get(&grant.resource.id) == Some(&*grant.resource)
        };
        let grants = rows.grants.values();
        grants
            .filter(|grant| !whole(grant))
            .map(|grant| grant.id.to_string())
            .collect()
    }
}

#[async_trait]
impl Known for File {
    async fn resources(
        &self,
        resource_type: &ResourceTypeId,
        cursor: Option<RowCursor>,
    ) -> Result<(Vec<Resource>, Option<RowCursor>), ConnectorError> {
        let all = self.of_type(resource_type.as_str());
        let start = cursor.map_or(0, |cursor| usize::try_from(cursor.0).unwrap());
        let page: Vec<Resource> = all.iter().skip(start).take(PAGE).cloned().collect();
        let end = start + page.len();
        let more = end < all.len();
        Ok((page, more.then(|| RowCursor(i64::try_from(end).unwrap()))))
    }
}

/// Where one feed writes.
#[derive(Debug)]
pub(crate) struct Sink {
    file: File,
    feed: Feed,
    pub(crate) followed: Vec<Feed>,
    pub(crate) progress: Option<(u64, Option<u64>)>,
}

impl Sink {
    pub(crate) fn new(file: File, feed: Feed) -> Self {
        Self {
            file,
            feed,
            followed: Vec::new(),
            progress: None,
        }
    }
}

#[async_trait]
impl Output for Sink {
    async fn records(&mut self, records: Vec<Record>) -> Result<(), ConnectorError> {
        let mut rows = self.file.rows();
        for record in records {
            match record {
                Record::Resource(resource) => {
                    rows.resources.insert(resource.id.clone(), resource);
                }
                Record::Entitlement(entitlement) => {
                    rows.entitlements.insert(entitlement.id.clone(), entitlement);
                }
                Record::Grant(grant) => {
                    rows.grants.insert(grant.id.clone(), grant);
                }
            }
        }
        Ok(())
    }

    async fn restart(&mut self) -> Result<(), ConnectorError> {
        let mut rows = self.file.rows();
        for owned in &self.feed.owns {
            forget(&mut rows, owned);
        }
        self.followed.clear();
        Ok(())
    }

    async fn follow(&mut self, feed: Feed) -> Result<(), ConnectorError> {
        self.followed.push(feed);
        Ok(())
    }

    async fn note(&mut self, note: Note) -> Result<(), ConnectorError> {
        self.file.add_note(note);
        Ok(())
    }

    fn progress(&mut self, done: u64, total: Option<u64>) {
        self.progress = Some((done, total));
    }
}

fn forget(rows: &mut Rows, owned: &Owned) {
    match owned {
        Owned::Resources(kind) => rows.resources.retain(|id, _| id.resource_type != *kind),
        Owned::Entitlements(kind) => {
            rows.entitlements
                .retain(|_, held| held.resource.id.resource_type != *kind);
        }
        Owned::Grants { on, to } => rows.grants.retain(|_, grant| {
            grant.resource.id.resource_type != *on || grant.principal.resource_type != *to
        }),
        Owned::GrantsOn(resource) => rows.grants.retain(|_, grant| grant.resource.id != *resource),
    }
}
