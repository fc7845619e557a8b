//! Looking up in the file who and what is meant. The file is never changed.

mod error;
mod names;

use c1z::{Reader, SyncKind, SyncRun};
use model::{
    Entitlement, EntitlementId, Grant, GrantId, ObjectId, Resource, ResourceId, ResourceTypeId, SyncId,
};
use proto::ConvertError;

pub(crate) use error::LookupError;

use crate::settings::Reading;

/// A file, asked from its newest finished sync to its oldest: one that read little does not hide an older full one.
#[derive(Debug)]
pub(crate) struct Lookup {
    reader: Reader,
    /// Finished ones, the newest first.
    syncs: Vec<SyncRun>,
    /// What the file is called, for messages.
    file: String,
}

impl Lookup {
    /// Opens the file.
    pub(crate) fn open(reading: &Reading) -> Result<Self, LookupError> {
        let Reading { file, options } = reading;
        let reader = Reader::open(file, options)?;
        let mut syncs = reader.syncs()?;
        syncs.retain(|run| run.ended_at.is_some() && !run.kind.is_diff());
        syncs.sort_by(|left, right| (right.ended_at, &right.id).cmp(&(left.ended_at, &left.id)));
        if syncs.is_empty() {
            return Err(c1z::Error::NoFinishedSync.into());
        }
        Ok(Self {
            reader,
            syncs,
            file: file.display().to_string(),
        })
    }

    /// The entitlement of that id, as it was read last.
    pub(crate) fn entitlement(&self, id: &EntitlementId) -> Result<Entitlement, LookupError> {
        let found = self.find_entitlement(id)?;
        found.ok_or_else(|| self.absent(format!("entitlement '{id}'")))
    }

    /// The grant of that id, as it was read last.
    pub(crate) fn grant(&self, id: &GrantId) -> Result<Grant, LookupError> {
        let found = self.newest(|sync| Ok(self.reader.grant(sync, id)?.map(|record| record.message)))?;
        found.ok_or_else(|| self.absent(format!("grant '{id}'")))
    }

    /// The resource of that id, as it was read last.
    pub(crate) fn resource(&self, id: &ResourceId) -> Result<Resource, LookupError> {
        let (kind, object) = (&id.resource_type, &id.object);
        let found = self.find_resource(id)?;
        found.ok_or_else(|| {
            self.absent(format!(
                "resource 'resource_type:\"{kind}\" resource:\"{object}\"'"
            ))
        })
    }

    /// The same, or `None` when the file has no such resource.
    pub(crate) fn find_resource(&self, id: &ResourceId) -> Result<Option<Resource>, LookupError> {
        self.newest(|sync| Ok(self.reader.resource(sync, id)?.map(|record| record.message)))
    }

    /// The resources of that half of an id, of whatever type.
    fn resources_of(&self, object: &ObjectId) -> Result<Vec<Resource>, LookupError> {
        let ids = self.types()?.into_iter();
        ids.map(|kind| self.find_resource(&ResourceId::new(kind, object.clone())))
            .filter_map(Result::transpose)
            .collect()
    }

    fn find_entitlement(&self, id: &EntitlementId) -> Result<Option<Entitlement>, LookupError> {
        self.newest(|sync| Ok(self.reader.entitlement(sync, id)?.map(|record| record.message)))
    }

    /// The types of all syncs.
    fn types(&self) -> Result<Vec<ResourceTypeId>, LookupError> {
        let mut types = Vec::new();
        for run in &self.syncs {
            for record in self.reader.resource_types(&run.id) {
                types.push(ResourceTypeId::from(record?.message.id));
            }
        }
        types.sort();
        types.dedup();
        Ok(types)
    }

    /// What the newest sync says that knows it.
    fn newest<M, T>(
        &self,
        read: impl Fn(&SyncId) -> Result<Option<M>, c1z::Error>,
    ) -> Result<Option<T>, LookupError>
    where
        T: TryFrom<M, Error = ConvertError>,
    {
        for run in &self.syncs {
            if let Some(message) = read(&run.id)? {
                return Ok(Some(T::try_from(message)?));
            }
        }
        Ok(None)
    }

    /// What `read` finds from the newest sync on, until something is found in one that read whole types.
    fn gather<T>(
        &self,
        mut read: impl FnMut(&SyncId) -> Result<Vec<T>, LookupError>,
    ) -> Result<Vec<T>, LookupError> {
        let mut found = Vec::new();
        for run in &self.syncs {
            found.extend(read(&run.id)?);
            if !found.is_empty() && run.kind != SyncKind::Partial {
                break;
            }
        }
        Ok(found)
    }

    fn absent(&self, what: String) -> LookupError {
        LookupError::Absent {
            what,
            file: self.file.clone(),
        }
    }
}

#[cfg(test)]
mod tests;
