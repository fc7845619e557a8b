//! Who can do what, as the newest believed sync of a connector says.

use model::{EntitlementId, ResourceId};

use super::{Office, OfficeError};
use crate::access::{
    EntitlementQuery, Holder, HolderQuery, Holding, ListedEntitlement, ListedResource, Overview, Page,
    PageRequest, ResourceQuery, Snapshot,
};
use crate::{Actor, ConnectorId};

const GONE: OfficeError = OfficeError::Conflict("a newer sync has come meanwhile: look again");

impl Office {
    /// What everybody sees of a connector; nothing before its first sync was believed.
    ///
    /// # Errors
    /// When there is no such connector for this actor, or when the store fails.
    pub async fn snapshot(&self, actor: &Actor, id: &ConnectorId) -> Result<Option<Snapshot>, OfficeError> {
        self.owned(actor, id).await?;
        Ok(self.store.current_snapshot(id).await?)
    }

    async fn current(&self, actor: &Actor, id: &ConnectorId) -> Result<Snapshot, OfficeError> {
        let found = self.snapshot(actor, id).await?;
        found.ok_or(OfficeError::Unknown("sync that was believed"))
    }

    /// What a first look shows.
    ///
    /// # Errors
    /// When there is no such connector for this actor, when nothing was believed yet, or when the store fails.
    pub async fn overview(&self, actor: &Actor, id: &ConnectorId) -> Result<Overview, OfficeError> {
        let current = self.current(actor, id).await?;
        self.store.overview(current.id).await?.ok_or(GONE)
    }

    /// Resources, such as accounts.
    ///
    /// # Errors
    /// As [`Office::overview`].
    pub async fn resources(
        &self,
        actor: &Actor,
        id: &ConnectorId,
        query: &ResourceQuery,
        page: PageRequest,
    ) -> Result<Page<ListedResource>, OfficeError> {
        let current = self.current(actor, id).await?;
        self.store.resources(current.id, query, page).await?.ok_or(GONE)
    }

    /// One resource.
    ///
    /// # Errors
    /// As [`Office::overview`], and when there is no such resource.
    pub async fn resource(
        &self,
        actor: &Actor,
        id: &ConnectorId,
        resource: &ResourceId,
    ) -> Result<ListedResource, OfficeError> {
        let current = self.current(actor, id).await?;
        let found = self.store.resource(current.id, resource).await?;
        found.ok_or(OfficeError::Unknown("account or resource"))
    }

    /// What can be held.
    ///
    /// # Errors
    /// As [`Office::overview`].
    pub async fn entitlements(
        &self,
        actor: &Actor,
        id: &ConnectorId,
        query: &EntitlementQuery,
        page: PageRequest,
    ) -> Result<Page<ListedEntitlement>, OfficeError> {
        let current = self.current(actor, id).await?;
        self.store
            .entitlements(current.id, query, page)
            .await?
            .ok_or(GONE)
    }

    /// One thing that can be held.
    ///
    /// # Errors
    /// As [`Office::overview`], and when there is no such thing.
    pub async fn entitlement(
        &self,
        actor: &Actor,
        id: &ConnectorId,
        entitlement: &EntitlementId,
    ) -> Result<ListedEntitlement, OfficeError> {
        let current = self.current(actor, id).await?;
        let found = self.store.entitlement(current.id, entitlement).await?;
        found.ok_or(OfficeError::Unknown("entitlement"))
    }

    /// What somebody holds.
    ///
    /// # Errors
    /// As [`Office::overview`].
    pub async fn holdings(
        &self,
        actor: &Actor,
        id: &ConnectorId,
        principal: &ResourceId,
        page: PageRequest,
    ) -> Result<Page<Holding>, OfficeError> {
        let current = self.current(actor, id).await?;
        self.store
            .holdings(current.id, principal, page)
            .await?
            .ok_or(GONE)
    }

    /// Who holds something.
    ///
    /// # Errors
    /// As [`Office::overview`].
    pub async fn holders(
        &self,
        actor: &Actor,
        (id, entitlement): (&ConnectorId, &EntitlementId),
        query: &HolderQuery,
        page: PageRequest,
    ) -> Result<Page<Holder>, OfficeError> {
        let current = self.current(actor, id).await?;
        self.store
            .holders(current.id, entitlement, query, page)
            .await?
            .ok_or(GONE)
    }
}
