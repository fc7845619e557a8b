//! Types of resources.

use governance::access::{AccessType, ResourceKind};
use proto::connector_v2 as wire;
use proto::is_type;
use wire::resource_type::Trait;

use super::{first, present};
use crate::ProjectionError;

pub(crate) fn map(kind: &wire::ResourceType) -> Result<AccessType, ProjectionError> {
    let id = present("resource type", "id", kind.id.clone())?;
    Ok(AccessType {
        name: first([kind.display_name.as_str(), &id]).to_owned(),
        kind: part(kind),
        volatile: kind
            .annotations
            .iter()
            .any(is_type::<wire::SkipSyncAnomalyDetection>),
        id: id.into(),
    })
}

fn part(kind: &wire::ResourceType) -> ResourceKind {
    let parts = kind
        .traits
        .iter()
        .filter_map(|number| match Trait::try_from(*number) {
            Ok(Trait::User) => Some(ResourceKind::User),
            Ok(Trait::Group) => Some(ResourceKind::Group),
            Ok(Trait::Role) => Some(ResourceKind::Role),
            Ok(Trait::App) => Some(ResourceKind::App),
            Ok(Trait::Secret) => Some(ResourceKind::Secret),
            _ => None,
        });
    parts.min().unwrap_or(ResourceKind::Other)
}
