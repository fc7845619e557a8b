//! Single records, with a stand-in for each that is missing.

use model::{EntitlementId, ResourceId, ResourceTypeId};
use proto::connector_v2::{self as wire, Entitlement, Grant, Resource, ResourceType};

use super::Source;
use crate::error::InspectError;

impl Source<'_> {
    /// The resource type; only its id when it is missing.
    pub(crate) fn resource_type(&self, id: &str) -> Result<ResourceType, InspectError> {
        let key = ResourceTypeId::from(id);
        let load = || self.reader.resource_type(self.id(), &key);
        let found = self.types.borrow_mut().get(&key, || {
            Ok::<_, InspectError>(load()?.map(|record| record.message))
        })?;
        Ok(found.unwrap_or_else(|| ResourceType {
            id: id.to_owned(),
            ..ResourceType::default()
        }))
    }

    /// The resource; `None` when it is missing.
    pub(crate) fn find_resource(&self, id: &ResourceId) -> Result<Option<Resource>, InspectError> {
        let load = || self.reader.resource(self.id(), id);
        self.resources
            .borrow_mut()
            .get(id, || Ok(load()?.map(|record| record.message)))
    }

    /// The resource; only its id when it is missing.
    pub(crate) fn resource(&self, id: Option<&wire::ResourceId>) -> Result<Resource, InspectError> {
        let id = id.cloned().unwrap_or_default();
        let found = self.find_resource(&key(&id))?;
        Ok(found.unwrap_or_else(|| Resource {
            id: Some(id),
            ..Resource::default()
        }))
    }

    /// The entitlement of a grant; only what the grant says of it when it is missing.
    pub(crate) fn entitlement_of(&self, grant: &Grant) -> Result<Entitlement, InspectError> {
        let said = grant.entitlement.clone().unwrap_or_default();
        let key = EntitlementId::from(said.id.as_str());
        let load = || self.reader.entitlement(self.id(), &key);
        let found = self.entitlements.borrow_mut().get(&key, || {
            Ok::<_, InspectError>(load()?.map(|record| record.message))
        })?;
        Ok(found.unwrap_or(said))
    }
}

/// A resource's identity as the vocabulary has it.
pub(crate) fn key(id: &wire::ResourceId) -> ResourceId {
    ResourceId::new(id.resource_type.as_str(), id.resource.as_str())
}
