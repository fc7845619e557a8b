//! What was read but is not yet committed.

use c1z::{Batch, Rows};
use connector::Owned;
use model::{Entitlement, Grant, Resource, ResourceType};

use crate::sieve::Kept;

/// Changes in the order in which they must be made; they become durable together.
#[derive(Debug, Default)]
pub(crate) struct Pending {
    changes: Vec<Change>,
    records: usize,
    touched: bool,
}

/// One change to the file.
#[derive(Debug)]
enum Change {
    Types(Vec<ResourceType>),
    Resources(Vec<Resource>),
    Entitlements(Vec<Entitlement>),
    Grants(Vec<Grant>),
    Forget(Vec<Owned>),
}

impl Pending {
    /// Notes that the checkpoint changed, even if no row did.
    pub(crate) fn touch(&mut self) {
        self.touched = true;
    }

    /// The number of records that wait.
    pub(crate) fn records(&self) -> usize {
        self.records
    }

    /// Whether there is nothing to commit.
    pub(crate) fn is_empty(&self) -> bool {
        !self.touched && self.changes.is_empty()
    }

    /// Adds resource types.
    pub(crate) fn types(&mut self, types: Vec<ResourceType>) {
        self.changes.push(Change::Types(types));
    }

    /// Adds records.
    pub(crate) fn keep(&mut self, kept: Kept) {
        self.records += kept.len();
        if !kept.resources.is_empty() {
            self.changes.push(Change::Resources(kept.resources));
        }
        if !kept.entitlements.is_empty() {
            self.changes.push(Change::Entitlements(kept.entitlements));
        }
        if !kept.grants.is_empty() {
            self.changes.push(Change::Grants(kept.grants));
        }
    }

    /// Adds the removal of what a feed wrote.
    pub(crate) fn forget(&mut self, owned: Vec<Owned>) {
        self.changes.push(Change::Forget(owned));
    }

    /// Makes the changes.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn apply(&self, batch: &mut Batch<'_>) -> Result<(), c1z::Error> {
        self.changes.iter().try_for_each(|change| apply(change, batch))
    }
}

fn apply(change: &Change, batch: &mut Batch<'_>) -> Result<(), c1z::Error> {
    match change {
        Change::Types(types) => batch.put_resource_types(types),
        Change::Resources(resources) => batch.put_resources(resources),
        Change::Entitlements(entitlements) => batch.put_entitlements(entitlements),
        Change::Grants(grants) => batch.put_grants(grants),
        Change::Forget(owned) => owned.iter().try_for_each(|owned| batch.forget(&rows(owned))),
    }
}

fn rows(owned: &Owned) -> Rows {
    match owned.clone() {
        Owned::Resources(kind) => Rows::ResourcesOf(kind),
        Owned::Entitlements(kind) => Rows::EntitlementsOn(kind),
        Owned::Grants { on, to } => Rows::GrantsFromTo { on, to },
        Owned::GrantsOn(resource) => Rows::GrantsOn(resource),
    }
}
