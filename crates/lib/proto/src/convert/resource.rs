//! Resources and their identities.

use model::{Resource, ResourceId};

use super::{from_anys, from_timestamp, profile_from_struct, profile_to_struct, to_anys, to_timestamp};
use crate::ConvertError;
use crate::connector_v2 as wire;

impl From<&ResourceId> for wire::ResourceId {
    fn from(id: &ResourceId) -> Self {
        Self {
            resource_type: id.resource_type.to_string(),
            resource: id.object.to_string(),
            baton_resource: false,
        }
    }
}

impl TryFrom<wire::ResourceId> for ResourceId {
    type Error = ConvertError;

    fn try_from(id: wire::ResourceId) -> Result<Self, ConvertError> {
        let missing = |field| ConvertError::Missing {
            record: "resource id",
            field,
        };
        match (id.resource_type.is_empty(), id.resource.is_empty()) {
            (true, _) => Err(missing("resource type")),
            (false, true) => Err(missing("object")),
            (false, false) => Ok(Self::new(id.resource_type, id.resource)),
        }
    }
}

/// A resource of which only the identity is known: the principal of a grant.
impl From<&ResourceId> for wire::Resource {
    fn from(id: &ResourceId) -> Self {
        Self {
            id: Some(id.into()),
            ..Self::default()
        }
    }
}

impl From<&Resource> for wire::Resource {
    fn from(resource: &Resource) -> Self {
        Self {
            id: Some((&resource.id).into()),
            parent_resource_id: resource.parent.as_ref().map(Into::into),
            display_name: resource.display_name.clone(),
            annotations: to_anys(&resource.annotations),
            description: resource.description.clone(),
            profile: resource.profile.as_ref().map(profile_to_struct),
            status: resource.status.as_ref().map(Into::into),
            created_at: resource.created_at.map(to_timestamp),
            ..Self::default()
        }
    }
}

impl TryFrom<wire::Resource> for Resource {
    type Error = ConvertError;

    fn try_from(resource: wire::Resource) -> Result<Self, ConvertError> {
        Ok(Self {
            id: identity("resource", resource.id)?,
            parent: resource
                .parent_resource_id
                .map(ResourceId::try_from)
                .transpose()?,
            display_name: resource.display_name,
            description: resource.description,
            annotations: from_anys(resource.annotations),
            profile: resource.profile.map(profile_from_struct),
            status: resource.status.map(Into::into),
            created_at: resource.created_at.map(from_timestamp).transpose()?,
        })
    }
}

/// The identity that a record of the kind `record` must have.
pub(super) fn identity(
    record: &'static str,
    id: Option<wire::ResourceId>,
) -> Result<ResourceId, ConvertError> {
    id.ok_or(ConvertError::Missing { record, field: "id" })?
        .try_into()
}
