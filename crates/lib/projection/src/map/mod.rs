//! Records of a file as rows, one module per kind. Ids stay exactly as they are.

pub(crate) mod entitlement;
pub(crate) mod grant;
pub(crate) mod resource;
pub(crate) mod resource_type;
mod traits;

use model::ResourceId;
use proto::connector_v2 as wire;

use crate::ProjectionError;

/// The identity that a record of that kind must have.
fn identity(record: &'static str, id: Option<wire::ResourceId>) -> Result<ResourceId, ProjectionError> {
    let id = id.filter(|id| !id.resource_type.is_empty() && !id.resource.is_empty());
    let id = id.ok_or(ProjectionError::Nameless { record, field: "id" })?;
    Ok(ResourceId::new(id.resource_type, id.resource))
}

/// A text that must be there.
fn present(record: &'static str, field: &'static str, text: String) -> Result<String, ProjectionError> {
    Some(text)
        .filter(|text| !text.is_empty())
        .ok_or(ProjectionError::Nameless { record, field })
}

/// The first text that is not empty.
fn first<'a>(texts: impl IntoIterator<Item = &'a str>) -> &'a str {
    texts
        .into_iter()
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}
