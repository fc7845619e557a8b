//! An output that keeps one resource and what hangs on it.

use std::collections::BTreeMap;

use async_trait::async_trait;
use connector::{ConnectorError, ErrorKind, Feed, Found, Note, Output, Record};
use model::{Entitlement, EntitlementId, Grant, GrantId, Resource, ResourceId};

use super::memory::Memory;

/// What was found of one resource so far.
#[derive(Debug)]
pub(super) struct Search {
    wanted: ResourceId,
    /// What the feed gave that is being read.
    given: Vec<Record>,
    resource: Option<Resource>,
    entitlements: BTreeMap<EntitlementId, Entitlement>,
    grants: BTreeMap<GrantId, Grant>,
    /// A part that may not be read: the resource may be in it.
    unseen: Option<Note>,
}

impl Search {
    /// Nothing was found yet.
    pub(super) fn new(wanted: ResourceId) -> Self {
        Self {
            wanted,
            given: Vec::new(),
            resource: None,
            entitlements: BTreeMap::new(),
            grants: BTreeMap::new(),
            unseen: None,
        }
    }

    /// Whether the resource itself was found.
    pub(super) fn is_there(&self) -> bool {
        self.resource.is_some()
    }

    /// A feed was read whole: keeps what belongs to the search, and in `memory` what later feeds ask for.
    pub(super) fn commit(&mut self, memory: &mut Memory) {
        for record in std::mem::take(&mut self.given) {
            match record {
                Record::Resource(resource) => {
                    if resource.id == self.wanted {
                        self.resource = Some(resource.clone());
                    }
                    memory.keep(resource);
                }
                Record::Entitlement(entitlement) => {
                    self.entitlements.insert(entitlement.id.clone(), entitlement);
                }
                Record::Grant(grant) => {
                    self.grants.insert(grant.id.clone(), grant);
                }
            }
        }
    }

    /// What was found. Where a part could not be read, not finding is no answer.
    ///
    /// # Errors
    /// When the resource may be in a part that the credential may not read.
    pub(super) fn found(self) -> Result<Option<Found>, ConnectorError> {
        let found = self.resource.map(|resource| Found {
            resource,
            entitlements: self.entitlements.into_values().collect(),
            grants: self.grants.into_values().collect(),
        });
        match (found, self.unseen) {
            (None, Some(note)) => {
                Err(ConnectorError::new(ErrorKind::PermissionDenied, note.message).with_hint(note.hint))
            }
            (found, _) => Ok(found),
        }
    }

    fn concerns(&self, record: &Record) -> bool {
        match record {
            Record::Resource(_) => true,
            Record::Entitlement(entitlement) => entitlement.resource.id == self.wanted,
            Record::Grant(grant) => grant.resource.id == self.wanted,
        }
    }
}

#[async_trait]
impl Output for Search {
    async fn records(&mut self, records: Vec<Record>) -> Result<(), ConnectorError> {
        let concerned: Vec<_> = records
            .into_iter()
            .filter(|record| self.concerns(record))
            .collect();
        self.given.extend(concerned);
        Ok(())
    }

    async fn restart(&mut self) -> Result<(), ConnectorError> {
        self.given.clear();
        Ok(())
    }

    async fn follow(&mut self, _feed: Feed) -> Result<(), ConnectorError> {
        Ok(())
    }

    async fn note(&mut self, note: Note) -> Result<(), ConnectorError> {
        if note.code == crate::notes::MISSING_PERMISSION {
            self.unseen = Some(note);
        }
        Ok(())
    }

    fn progress(&mut self, _done: u64, _total: Option<u64>) {}
}
