//! What the domain asks of whoever keeps the snapshots.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use model::{EntitlementId, ResourceId, ResourceTypeId};

use super::{
    AccessEntitlement, AccessGrant, AccessResource, AccessType, Difference, EntitlementQuery, GrantsLost,
    Holder, HolderQuery, Holding, ListedEntitlement, ListedResource, NewSnapshot, Overview, Page,
    PageRequest, ResourceQuery, Snapshot, SnapshotId,
};
use crate::ConnectorId;
use crate::repository::{Stored, Written};

/// Rows of one kind.
#[derive(Clone, Debug, PartialEq)]
pub enum AccessRows {
    /// Types; they come first.
    Types(Vec<AccessType>),
    /// Resources; they come after the types.
    Resources(Vec<AccessResource>),
    /// Entitlements; they come after the resources.
    Entitlements(Vec<AccessEntitlement>),
    /// Grants; they come last.
    Grants(Vec<AccessGrant>),
}

/// A snapshot that is being written. Nobody sees it; what is dropped is removed later.
#[async_trait]
pub trait SnapshotDraft: Send {
    /// Which it will be.
    fn id(&self) -> SnapshotId;
    /// Adds rows, in the order that [`AccessRows`] says, and is a sign of life: all of them, or with
    /// [`Written::Outdated`] none, when it was given up for dead meanwhile. Of what is there twice, the first is kept.
    async fn add(&mut self, rows: &AccessRows, now: DateTime<Utc>) -> Stored<Written>;
    /// Makes it a candidate; `None` when it was given up for dead meanwhile.
    async fn complete(self: Box<Self>, now: DateTime<Utc>) -> Stored<Option<Snapshot>>;
}

/// Which snapshots are not needed any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SnapshotsOver {
    /// Those that nobody has added to since then, and that are not whole.
    pub silent_since: DateTime<Utc>,
    /// Those that were retired before then; whoever turns their pages still has this long.
    pub retired_before: DateTime<Utc>,
}

/// Snapshots of who can do what.
///
/// A question about a snapshot is answered with `None` when there is none, when it is not whole yet, or when it is being
/// removed: never from a part of one.
#[async_trait]
pub trait Projections: Send + Sync {
    /// Begins one, on top of the connector's current one; `None` when the connector was removed.
    async fn begin_snapshot(
        &self,
        of: &NewSnapshot,
        now: DateTime<Utc>,
    ) -> Stored<Option<Box<dyn SnapshotDraft>>>;
    /// The one that everybody sees.
    async fn current_snapshot(&self, connector: &ConnectorId) -> Stored<Option<Snapshot>>;
    /// Those that could become current, the newest first.
    async fn candidates(&self, connector: &ConnectorId) -> Stored<Vec<Snapshot>>;
    /// The one with that id.
    async fn snapshot(&self, id: SnapshotId) -> Stored<Option<Snapshot>>;
    /// Removes a portion of what is over, about so many rows; gives their number, and 0 when nothing is left to do.
    async fn remove_snapshots(&self, over: &SnapshotsOver, at_most: u64) -> Stored<u64>;
    /// What is different from the base, with up to so many samples of each; `None` also when it has no base, or that is
    /// gone.
    async fn difference(&self, id: SnapshotId, samples: u64) -> Stored<Option<Difference>>;
    /// How many grants of the base are gone, without those that follow from others, and without those on or of anything
    /// of these types; `None` as for [`Projections::difference`].
    async fn grants_lost(&self, id: SnapshotId, left_out: &[ResourceTypeId]) -> Stored<Option<GrantsLost>>;
    /// What a first look shows.
    async fn overview(&self, id: SnapshotId) -> Stored<Option<Overview>>;
    /// Resources that the file has.
    async fn resources(
        &self,
        id: SnapshotId,
        query: &ResourceQuery,
        page: PageRequest,
    ) -> Stored<Option<Page<ListedResource>>>;
    /// One resource, whether the file has it or only names it.
    async fn resource(&self, id: SnapshotId, resource: &ResourceId) -> Stored<Option<ListedResource>>;
    /// What can be held.
    async fn entitlements(
        &self,
        id: SnapshotId,
        query: &EntitlementQuery,
        page: PageRequest,
    ) -> Stored<Option<Page<ListedEntitlement>>>;
    /// One thing that can be held, whether the file has it or only names it.
    async fn entitlement(
        &self,
        id: SnapshotId,
        entitlement: &EntitlementId,
    ) -> Stored<Option<ListedEntitlement>>;
    /// What somebody holds, by name.
    async fn holdings(
        &self,
        id: SnapshotId,
        principal: &ResourceId,
        page: PageRequest,
    ) -> Stored<Option<Page<Holding>>>;
    /// Who holds something.
    async fn holders(
        &self,
        id: SnapshotId,
        entitlement: &EntitlementId,
        query: &HolderQuery,
        page: PageRequest,
    ) -> Stored<Option<Page<Holder>>>;
}
