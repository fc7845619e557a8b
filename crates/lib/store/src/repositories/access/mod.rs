//! Snapshots of who can do what.

mod changes;
mod complete;
mod difference;
mod draft;
mod grants;
mod insert;
mod life;
mod look;
mod lookup;
mod numbers;
mod overview;
mod removal;
mod resources;
mod rights;
mod sql;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use governance::ConnectorId;
use governance::access::{
    Difference, EntitlementQuery, GrantsLost, Holder, HolderQuery, Holding, ListedEntitlement,
    ListedResource, NewSnapshot, Overview, Page, PageRequest, Projections, ResourceQuery, Snapshot,
    SnapshotDraft, SnapshotId, SnapshotsOver,
};
use governance::repository::Stored;
use model::{EntitlementId, ResourceId, ResourceTypeId};

use crate::Database;

pub(super) use changes::{forget as forget_changes, put as put_changes, set_verdict};
pub(super) use life::{make_current, retire_candidate};

#[async_trait]
impl Projections for Database {
    async fn begin_snapshot(
        &self,
        of: &NewSnapshot,
        now: DateTime<Utc>,
    ) -> Stored<Option<Box<dyn SnapshotDraft>>> {
        let draft = draft::Draft::begin(&self.connection, of, now).await?;
        Ok(draft.map(|draft| Box::new(draft) as Box<dyn SnapshotDraft>))
    }

    async fn current_snapshot(&self, connector: &ConnectorId) -> Stored<Option<Snapshot>> {
        life::current(&self.connection, connector).await
    }

    async fn candidates(&self, connector: &ConnectorId) -> Stored<Vec<Snapshot>> {
        life::candidates(&self.connection, connector).await
    }

    async fn snapshot(&self, id: SnapshotId) -> Stored<Option<Snapshot>> {
        life::snapshot(&self.connection, id).await
    }

    async fn remove_snapshots(&self, over: &SnapshotsOver, at_most: u64) -> Stored<u64> {
        removal::remove(&self.connection, over, at_most).await
    }

    async fn difference(&self, id: SnapshotId, samples: u64) -> Stored<Option<Difference>> {
        difference::difference(&self.connection, id, samples).await
    }

    async fn grants_lost(&self, id: SnapshotId, left_out: &[ResourceTypeId]) -> Stored<Option<GrantsLost>> {
        difference::grants_lost(&self.connection, id, left_out).await
    }

    async fn overview(&self, id: SnapshotId) -> Stored<Option<Overview>> {
        overview::overview(&self.connection, id).await
    }

    async fn resources(
        &self,
        id: SnapshotId,
        query: &ResourceQuery,
        page: PageRequest,
    ) -> Stored<Option<Page<ListedResource>>> {
        resources::page(&self.connection, id, query, page).await
    }

    async fn resource(&self, id: SnapshotId, resource: &ResourceId) -> Stored<Option<ListedResource>> {
        resources::one(&self.connection, id, resource).await
    }

    async fn entitlements(
        &self,
        id: SnapshotId,
        query: &EntitlementQuery,
        page: PageRequest,
    ) -> Stored<Option<Page<ListedEntitlement>>> {
        rights::page(&self.connection, id, query, page).await
    }

    async fn entitlement(
        &self,
        id: SnapshotId,
        entitlement: &EntitlementId,
    ) -> Stored<Option<ListedEntitlement>> {
        rights::one(&self.connection, id, entitlement).await
    }

    async fn holdings(
        &self,
        id: SnapshotId,
        principal: &ResourceId,
        page: PageRequest,
    ) -> Stored<Option<Page<Holding>>> {
        grants::holdings(&self.connection, id, principal, page).await
    }

    async fn holders(
        &self,
        id: SnapshotId,
        entitlement: &EntitlementId,
        query: &HolderQuery,
        page: PageRequest,
    ) -> Stored<Option<Page<Holder>>> {
        grants::holders(&self.connection, id, entitlement, query, page).await
    }
}
