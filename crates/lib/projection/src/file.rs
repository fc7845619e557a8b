//! The rows of a sync, portion by portion: memory stays flat, however large the file is.

use std::collections::HashMap;
use std::path::Path;

use c1z::{
    EntitlementFilter, GrantFilter, GrantRecord, ReadOptions, Reader, Record, ResourceFilter, SyncChoice,
    SyncKind,
};
use chrono::{DateTime, Utc};
use governance::access::{AccessRows, AccessType, ResourceKind};
use model::{ResourceTypeId, SyncId};
use proto::connector_v2 as wire;

use crate::ProjectionError;
use crate::map::{entitlement, grant, resource, resource_type};

/// How many resources or entitlements come at once.
const SOME: usize = 2048;
/// How many grants come at once; they are small.
const SOME_GRANTS: usize = 16_384;

/// An open file, and the sync in it that is read.
#[derive(Debug)]
pub struct File {
    reader: Reader,
    sync: SyncId,
    taken_at: DateTime<Utc>,
}

impl File {
    /// Opens the file at `path`. This and all that follows takes a while, and is for a thread that may wait.
    ///
    /// # Errors
    /// When the file cannot be used, or has no such sync, or that is not a finished full one.
    pub fn open(path: &Path, sync: &SyncId, options: &ReadOptions) -> Result<Self, ProjectionError> {
        let reader = Reader::open(path, options)?;
        let run = reader.choose(&SyncChoice::Id(sync.clone()))?;
        let taken_at = run
            .ended_at
            .ok_or_else(|| ProjectionError::Unfinished(run.id.clone()))?;
        if run.kind != SyncKind::Full {
            return Err(ProjectionError::Partial {
                kind: run.kind.to_string(),
                sync: run.id,
            });
        }
        Ok(Self {
            reader,
            sync: run.id,
            taken_at,
        })
    }

    /// When the sync was finished.
    pub fn taken_at(&self) -> DateTime<Utc> {
        self.taken_at
    }

    /// All rows: types, resources, entitlements, grants. After an error nothing more is to be expected.
    ///
    /// # Errors
    /// When the types cannot be read; the rest says so in its place.
    pub fn rows(
        &self,
    ) -> Result<impl Iterator<Item = Result<AccessRows, ProjectionError>> + '_, ProjectionError> {
        let types = self.types()?;
        let kinds = types.iter().map(|one| (one.id.clone(), one.kind)).collect();
        let first = std::iter::once(Ok(AccessRows::Types(types)));
        Ok(first
            .chain(self.resources(kinds))
            .chain(self.entitlements())
            .chain(self.grants()))
    }

    fn types(&self) -> Result<Vec<AccessType>, ProjectionError> {
        let types = self.reader.resource_types(&self.sync);
        types.map(|record| resource_type::map(&record?.message)).collect()
    }

    fn resources(
        &self,
        kinds: HashMap<ResourceTypeId, ResourceKind>,
    ) -> impl Iterator<Item = Result<AccessRows, ProjectionError>> + '_ {
        let records = self.reader.resources(&self.sync, &ResourceFilter::default());
        let rows = records.map(move |record: Result<Record<wire::Resource>, _>| {
            resource::map(&record?.message, |id| kinds.get(id).copied())
        });
        portions(rows, SOME).map(|some| some.map(AccessRows::Resources))
    }

    fn entitlements(&self) -> impl Iterator<Item = Result<AccessRows, ProjectionError>> + '_ {
        let records = self
            .reader
            .entitlements(&self.sync, &EntitlementFilter::default());
        let rows = records.map(|record| entitlement::map(record?.message));
        portions(rows, SOME).map(|some| some.map(AccessRows::Entitlements))
    }

    fn grants(&self) -> impl Iterator<Item = Result<AccessRows, ProjectionError>> + '_ {
        let records = self.reader.grants(&self.sync, &GrantFilter::default());
        let rows = records.map(|record: Result<GrantRecord, _>| grant::map(record?.message));
        portions(rows, SOME_GRANTS).map(|some| some.map(AccessRows::Grants))
    }
}

/// Up to so many at once; the first error comes instead of its portion.
fn portions<T>(
    mut rows: impl Iterator<Item = Result<T, ProjectionError>>,
    size: usize,
) -> impl Iterator<Item = Result<Vec<T>, ProjectionError>> {
    std::iter::from_fn(move || {
        let some: Result<Vec<T>, _> = rows.by_ref().take(size).collect();
        Some(some).filter(|some| !matches!(some, Ok(rows) if rows.is_empty()))
    })
}
