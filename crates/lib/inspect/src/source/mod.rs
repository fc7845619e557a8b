//! One sync of a file, to read from.

mod cache;
mod choice;
mod holding;
mod known;
mod lookup;

use std::cell::RefCell;

use c1z::{EntitlementFilter, GrantFilter, Reader, ResourceFilter, Stats, SyncRun};
use chrono::{DateTime, Utc};
use model::{EntitlementId, ResourceId, ResourceTypeId, SyncId};
use proto::connector_v2::{Entitlement, Grant, Resource, ResourceType};

use cache::Cache;
pub(crate) use choice::{Need, choose};
pub(crate) use lookup::key;

use crate::error::InspectError;
use crate::rights::Rights;

/// One sync of an open file.
#[derive(Debug)]
pub(crate) struct Source<'r> {
    reader: &'r Reader,
    run: SyncRun,
    types: RefCell<Cache<ResourceTypeId, Option<ResourceType>>>,
    resources: RefCell<Cache<ResourceId, Option<Resource>>>,
    entitlements: RefCell<Cache<EntitlementId, Option<Entitlement>>>,
    rights: RefCell<Rights>,
}

impl<'r> Source<'r> {
    pub(crate) fn new(reader: &'r Reader, run: SyncRun) -> Self {
        Self {
            reader,
            run,
            types: RefCell::default(),
            resources: RefCell::default(),
            entitlements: RefCell::default(),
            rights: RefCell::default(),
        }
    }

    /// The sync's own record.
    pub(crate) fn run(&self) -> &SyncRun {
        &self.run
    }

    /// When the account was as the sync says.
    pub(crate) fn moment(&self) -> DateTime<Utc> {
        self.run.ended_at.unwrap_or(self.run.started_at)
    }

    /// How much the sync holds; counted when it was not written down.
    pub(crate) fn stats(&self) -> Result<Stats, InspectError> {
        Ok(self.reader.stats(self.id())?)
    }

    pub(crate) fn all_types(&self) -> impl Iterator<Item = Result<ResourceType, InspectError>> + use<'r> {
        self.reader
            .resource_types(self.id())
            .map(|record| Ok(record?.message))
    }

    pub(crate) fn all_resources(
        &self,
        resource_type: Option<&ResourceTypeId>,
    ) -> impl Iterator<Item = Result<Resource, InspectError>> + use<'r> {
        let filter = ResourceFilter {
            resource_type: resource_type.cloned(),
            parent: None,
        };
        self.reader
            .resources(self.id(), &filter)
            .map(|record| Ok(record?.message))
    }

    pub(crate) fn all_entitlements(
        &self,
        resource_type: Option<&ResourceTypeId>,
    ) -> impl Iterator<Item = Result<Entitlement, InspectError>> + use<'r> {
        let filter = EntitlementFilter {
            resource_type: resource_type.cloned(),
            resource: None,
        };
        self.reader
            .entitlements(self.id(), &filter)
            .map(|record| Ok(record?.message))
    }

    pub(crate) fn grants(
        &self,
        filter: &GrantFilter,
    ) -> impl Iterator<Item = Result<Grant, InspectError>> + use<'r> {
        self.reader
            .grants(self.id(), filter)
            .map(|record| Ok(record?.message))
    }

    pub(crate) fn number_of_grants(&self, filter: &GrantFilter) -> Result<usize, InspectError> {
        let mut number = 0;
        for grant in self.reader.grants(self.id(), filter) {
            grant?;
            number += 1;
        }
        Ok(number)
    }

    fn id(&self) -> &SyncId {
        &self.run.id
    }
}
