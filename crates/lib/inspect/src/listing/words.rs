//! Wire records in words.

use chrono::{DateTime, Utc};
use proto::connector_v2::{Resource, ResourceId, ResourceType};

use crate::look::Ink;
use crate::table::Cell;
use crate::text;

/// The resource's name; its id when it has none; said to be missing when there is no record of it.
pub(crate) fn name(resource: &Resource) -> String {
    let id = resource.id.clone().unwrap_or_default();
    if !resource.display_name.is_empty() {
        return resource.display_name.clone();
    }
    if is_stub(resource) {
        return format!("{}:{} (missing)", id.resource_type, id.resource);
    }
    id.resource
}

/// Whether nothing but the id is known.
fn is_stub(resource: &Resource) -> bool {
    *resource
        == Resource {
            id: resource.id.clone(),
            ..Resource::default()
        }
}

/// The name of a type, or its id.
pub(crate) fn type_name(resource_type: Option<&ResourceType>) -> String {
    let named = resource_type.filter(|kind| !kind.display_name.is_empty());
    let id = resource_type.map(|kind| kind.id.clone()).unwrap_or_default();
    named.map_or(id, |kind| kind.display_name.clone())
}

/// The object's id, to copy.
pub(crate) fn object(id: Option<&ResourceId>) -> Cell {
    Cell::new(id.map_or("", |id| id.resource.as_str()), Ink::Faint)
}

/// A day, or `otherwise`.
pub(crate) fn day(time: Option<DateTime<Utc>>, otherwise: &str) -> Cell {
    match time {
        Some(time) => text::day(time).into(),
        None => Cell::new(otherwise, Ink::Faint),
    }
}
