//! Whether what was asked for is there at all, so that a slip of the fingers does not look like "nobody".

use c1z::GrantFilter;
use model::{EntitlementId, ResourceId, ResourceTypeId};

use super::Source;
use crate::error::InspectError;

impl Source<'_> {
    /// Fails when nothing in the sync is of the type.
    pub(crate) fn require_type(&self, id: &ResourceTypeId) -> Result<(), InspectError> {
        if self.reader.resource_type(self.id(), id)?.is_some()
            || self.all_resources(Some(id)).next().is_some()
        {
            return Ok(());
        }
        let known = self.all_types().map(|kind| Ok(kind?.id));
        let known = known.collect::<Result<Vec<_>, InspectError>>()?;
        let asked = id.to_string();
        Err(InspectError::NoSuchType { asked, known })
    }

    /// Fails when something that grants are looked for by is not there.
    pub(crate) fn require(&self, filter: &GrantFilter) -> Result<(), InspectError> {
        if let Some(id) = &filter.resource_type {
            self.require_type(id)?;
        }
        if let Some(id) = &filter.resource {
            self.require_resource(id, filter)?;
        }
        if let Some(id) = &filter.entitlement {
            self.require_entitlement(id, filter)?;
        }
        Ok(())
    }

    fn require_resource(&self, id: &ResourceId, filter: &GrantFilter) -> Result<(), InspectError> {
        self.require_type(&id.resource_type)?;
        if self.find_resource(id)?.is_some() || self.grants(filter).next().is_some() {
            return Ok(());
        }
        Err(InspectError::NoSuchResource(id.to_string()))
    }

    fn require_entitlement(&self, id: &EntitlementId, filter: &GrantFilter) -> Result<(), InspectError> {
        if self.reader.entitlement(self.id(), id)?.is_some() || self.grants(filter).next().is_some() {
            return Ok(());
        }
        Err(InspectError::NoSuchEntitlement(id.to_string()))
    }
}
