//! One transaction on the sync that is being written.

use chrono::{DateTime, Utc};
use model::{Entitlement, Grant, Resource, ResourceId, ResourceType, ResourceTypeId, SyncId};
use rusqlite::{Connection, Transaction, params};

use super::put::{self, Again};
use crate::{Error, time};

/// One transaction on the sync that is being written; dropped without [`Batch::commit`] it leaves nothing.
#[derive(Debug)]
pub struct Batch<'draft> {
    transaction: Transaction<'draft>,
    sync: &'draft str,
    now: String,
    sealed: bool,
}

/// A set of records of the current sync.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rows {
    /// All resources of a type.
    ResourcesOf(ResourceTypeId),
    /// All entitlements on resources of a type.
    EntitlementsOn(ResourceTypeId),
    /// All grants of entitlements on resources of one type to principals of another.
    GrantsFromTo {
        /// The type of the resources that the entitlements are on.
        on: ResourceTypeId,
        /// The type of the principals.
        to: ResourceTypeId,
    },
    /// All grants of entitlements on one resource.
    GrantsOn(ResourceId),
}

impl<'draft> Batch<'draft> {
    pub(super) fn begin(
        db: &'draft mut Connection,
        sync: &'draft SyncId,
        now: DateTime<Utc>,
        sealed: bool,
    ) -> Result<Self, Error> {
        Ok(Self {
            transaction: db.transaction()?,
            sync: sync.as_str(),
            now: time::format(now),
            sealed,
        })
    }

    /// Writes resource types; those already there get the new message and keep their row.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn put_resource_types(&mut self, types: &[ResourceType]) -> Result<(), Error> {
        types
            .iter()
            .try_for_each(|one| put::resource_type(&self.transaction, (self.sync, &self.now), one))
    }

    /// Writes resources; those already there get the new message and keep their row.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn put_resources(&mut self, resources: &[Resource]) -> Result<(), Error> {
        resources
            .iter()
            .try_for_each(|one| put::resource(&self.transaction, (self.sync, &self.now), one, self.again()))
    }

    /// Writes entitlements; those already there get the new message and keep their row.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn put_entitlements(&mut self, entitlements: &[Entitlement]) -> Result<(), Error> {
        entitlements
            .iter()
            .try_for_each(|one| put::entitlement(&self.transaction, (self.sync, &self.now), one))
    }

    /// Writes grants as they were read; those already there get the new message and expansion and keep
    /// their row.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn put_grants(&mut self, grants: &[Grant]) -> Result<(), Error> {
        self.grants(grants, self.again())
    }

    /// Writes grants that expansion made or changed; the expansion of those already there stays.
    ///
    /// # Errors
    /// Before [`super::Draft::prepare_expansion`], and when the database cannot be written.
    pub fn put_expanded_grants(&mut self, grants: &[Grant]) -> Result<(), Error> {
        if !self.sealed {
            return Err(Error::NotPrepared);
        }
        self.grants(grants, Again::ReplaceMessage)
    }

    fn grants(&mut self, grants: &[Grant], again: Again) -> Result<(), Error> {
        grants
            .iter()
            .try_for_each(|one| put::grant(&self.transaction, (self.sync, &self.now), one, again))
    }

    fn again(&self) -> Again {
        if self.sealed {
            Again::Replace
        } else {
            Again::Append
        }
    }

    /// Removes records, because they are about to be read again.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn forget(&mut self, rows: &Rows) -> Result<(), Error> {
        let (sql, first, second) = selection(rows);
        let sql = &format!("DELETE FROM {sql} AND sync_id = ?");
        let mut statement = self.transaction.prepare_cached(sql)?;
        let values = [Some(first), second, Some(self.sync)];
        for (index, value) in values.into_iter().flatten().enumerate() {
            statement.raw_bind_parameter(index + 1, value)?;
        }
        statement.raw_execute()?;
        Ok(())
    }

    /// Replaces the checkpoint of the sync.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn set_checkpoint(&mut self, token: &str) -> Result<(), Error> {
        self.transaction
            .prepare_cached("UPDATE v1_sync_runs SET sync_token = ?2 WHERE sync_id = ?1")?
            .execute(params![self.sync, token])?;
        Ok(())
    }

    /// Makes everything durable, together.
    ///
    /// # Errors
    /// When the database cannot be written; nothing of the batch is then there.
    pub fn commit(self) -> Result<(), Error> {
        Ok(self.transaction.commit()?)
    }
}

/// The table and the condition on it, with the one or two values in it.
fn selection(rows: &Rows) -> (&'static str, &str, Option<&str>) {
    match rows {
        Rows::ResourcesOf(kind) => ("v1_resources WHERE resource_type_id = ?", kind.as_str(), None),
        Rows::EntitlementsOn(kind) => ("v1_entitlements WHERE resource_type_id = ?", kind.as_str(), None),
        Rows::GrantsFromTo { on, to } => (
            "v1_grants WHERE resource_type_id = ? AND principal_resource_type_id = ?",
            on.as_str(),
            Some(to.as_str()),
        ),
        Rows::GrantsOn(id) => (
            "v1_grants WHERE resource_type_id = ? AND resource_id = ?",
            id.resource_type.as_str(),
            Some(id.object.as_str()),
        ),
    }
}
