//! Opens a file for reading, through a private copy: nothing is ever written beside the file.

use std::path::{Path, PathBuf};

use model::{EntitlementId, GrantId, ResourceId, ResourceTypeId, SyncId};
use proto::connector_v2::{Entitlement, Resource, ResourceType};
use rusqlite::Connection;
use tempfile::TempDir;

pub use self::choice::SyncChoice;
pub use self::filter::{EntitlementFilter, GrantFilter, ResourceFilter};
pub use self::records::Records;
pub(crate) use self::rows::{Fetched, PAGE, Stored};
use crate::{Error, GrantRecord, Limits, Record, Stats, SyncRun};

mod choice;
mod filter;
mod open;
mod records;
mod rows;

/// How to open a file.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Bounds on what it may unpack to.
    pub limits: Limits,
    /// Where the private copy goes; `None` is the system's folder for temporary files.
    pub temp_dir: Option<PathBuf>,
}

/// An open file. Its private copy is removed when this is dropped.
#[derive(Debug)]
pub struct Reader {
    db: Connection,
    _folder: TempDir,
}

impl Reader {
    /// Opens the file at `path`, old forms of the format included (c1z-format, "Migrations").
    ///
    /// # Errors
    /// When there is no such file, when it is no v1 file (a v3 file is described in the error), when it
    /// is damaged, or when it unpacks to more than the limits allow.
    pub fn open(path: &Path, options: &ReadOptions) -> Result<Self, Error> {
        open::open(path, options).map(|(db, folder)| Self { db, _folder: folder })
    }

    /// All syncs of the file, in the order in which they were begun.
    ///
    /// # Errors
    /// When the database is damaged.
    pub fn syncs(&self) -> Result<Vec<SyncRun>, Error> {
        Ok(SyncRun::all(&self.db)?)
    }

    /// The sync that `choice` asks for.
    ///
    /// # Errors
    /// When there is none, or when the database is damaged.
    pub fn choose(&self, choice: &SyncChoice) -> Result<SyncRun, Error> {
        choice::choose(self.syncs()?, choice)
    }

    /// How much a sync holds: as written down when it ended, else counted now.
    ///
    /// # Errors
    /// When there is no such sync, or when the database is damaged.
    pub fn stats(&self, sync: &SyncId) -> Result<Stats, Error> {
        let run = self.choose(&SyncChoice::Id(sync.clone()))?;
        run.stats.map_or_else(|| self.count(sync), Ok)
    }

    /// Counts the records of a sync.
    ///
    /// # Errors
    /// When the database is damaged.
    pub fn count(&self, sync: &SyncId) -> Result<Stats, Error> {
        Ok(Stats::count(&self.db, sync.as_str())?)
    }

    /// The resource types of a sync, in row order.
    pub fn resource_types(&self, sync: &SyncId) -> Records<'_, Record<ResourceType>> {
        Records::new(&self.db, filter::all(sync))
    }

    /// The resources of a sync that pass the filter, in row order.
    pub fn resources(&self, sync: &SyncId, filter: &ResourceFilter) -> Records<'_, Record<Resource>> {
        Records::new(&self.db, filter.conditions(sync))
    }

    /// The entitlements of a sync that pass the filter, in row order.
    pub fn entitlements(
        &self,
        sync: &SyncId,
        filter: &EntitlementFilter,
    ) -> Records<'_, Record<Entitlement>> {
        Records::new(&self.db, filter.conditions(sync))
    }

    /// The grants of a sync that pass the filter, in row order.
    pub fn grants(&self, sync: &SyncId, filter: &GrantFilter) -> Records<'_, GrantRecord> {
        Records::new(&self.db, filter.conditions(sync))
    }

    /// One resource type.
    ///
    /// # Errors
    /// When its row cannot be decoded, or when the database is damaged.
    pub fn resource_type(
        &self,
        sync: &SyncId,
        id: &ResourceTypeId,
    ) -> Result<Option<Record<ResourceType>>, Error> {
        Records::new(&self.db, filter::by_external_id(sync, id.as_str()))
            .next()
            .transpose()
    }

    /// One resource.
    ///
    /// # Errors
    /// When its row cannot be decoded, or when the database is damaged.
    pub fn resource(&self, sync: &SyncId, id: &ResourceId) -> Result<Option<Record<Resource>>, Error> {
        Records::new(&self.db, filter::by_external_id(sync, &id.to_string()))
            .next()
            .transpose()
    }

    /// One entitlement.
    ///
    /// # Errors
    /// When its row cannot be decoded, or when the database is damaged.
    pub fn entitlement(
        &self,
        sync: &SyncId,
        id: &EntitlementId,
    ) -> Result<Option<Record<Entitlement>>, Error> {
        Records::new(&self.db, filter::by_external_id(sync, id.as_str()))
            .next()
            .transpose()
    }

    /// One grant.
    ///
    /// # Errors
    /// When its row cannot be decoded, or when the database is damaged.
    pub fn grant(&self, sync: &SyncId, id: &GrantId) -> Result<Option<GrantRecord>, Error> {
        Records::new(&self.db, filter::by_external_id(sync, id.as_str()))
            .next()
            .transpose()
    }

    /// The private copy, for [`crate::check()`] and the comparison.
    pub(crate) fn db(&self) -> &Connection {
        &self.db
    }
}
