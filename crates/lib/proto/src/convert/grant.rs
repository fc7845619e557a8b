//! Grants. Their expansion travels apart: files keep it in a column of its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::{EntitlementId, Expandable, Grant, GrantSource};
use prost::Message;
use prost_types::Any;

use super::entitlement::whole_resource;
use super::resource::identity;
use super::{from_anys, to_anys};
use crate::connector_v2 as wire;
use crate::{ConvertError, is_type};

/// The grant without its expansion; that is [`wire::GrantExpandable`].
impl From<&Grant> for wire::Grant {
    fn from(grant: &Grant) -> Self {
        let entitlement = wire::Entitlement {
            id: grant.entitlement.to_string(),
            resource: Some(grant.resource.as_ref().into()),
            ..wire::Entitlement::default()
        };
        Self {
            entitlement: Some(entitlement),
            principal: Some((&grant.principal).into()),
            id: grant.id.to_string(),
            sources: to_sources(&grant.sources),
            annotations: to_anys(&grant.annotations),
        }
    }
}

/// The expansion is taken from the annotations when it is there.
impl TryFrom<wire::Grant> for Grant {
    type Error = ConvertError;

    fn try_from(mut grant: wire::Grant) -> Result<Self, ConvertError> {
        let expandable = take_expandable(&mut grant.annotations);
        let entitlement = grant.entitlement.ok_or(missing("entitlement"))?;
        let principal = grant.principal.ok_or(missing("principal"))?;
        Ok(Self {
            id: present(grant.id, "id")?.into(),
            entitlement: present(entitlement.id, "entitlement's id")?.into(),
            resource: Arc::new(whole_resource(entitlement.resource)?),
            principal: identity("principal", principal.id)?,
            annotations: from_anys(grant.annotations),
            expandable,
            sources: from_sources(grant.sources),
        })
    }
}

impl From<&Expandable> for wire::GrantExpandable {
    fn from(expandable: &Expandable) -> Self {
        Self {
            entitlement_ids: expandable.entitlements.iter().map(ToString::to_string).collect(),
            shallow: expandable.shallow,
            resource_type_ids: expandable
                .resource_types
                .iter()
                .map(ToString::to_string)
                .collect(),
        }
    }
}

impl From<wire::GrantExpandable> for Expandable {
    fn from(expandable: wire::GrantExpandable) -> Self {
        Self {
            entitlements: expandable.entitlement_ids.into_iter().map(Into::into).collect(),
            shallow: expandable.shallow,
            resource_types: expandable.resource_type_ids.into_iter().map(Into::into).collect(),
        }
    }
}

/// Cuts the first expansion out of the annotations.
fn take_expandable(annotations: &mut Vec<Any>) -> Option<Expandable> {
    let index = annotations.iter().position(is_type::<wire::GrantExpandable>)?;
    let message = wire::GrantExpandable::decode(annotations.get(index)?.value.as_slice()).ok()?;
    annotations.remove(index);
    Some(message.into())
}

fn to_sources(sources: &BTreeMap<EntitlementId, GrantSource>) -> Option<wire::GrantSources> {
    let by_id = |(id, source): (&EntitlementId, &GrantSource)| {
        let is_direct = source.is_direct;
        (id.to_string(), wire::grant_sources::GrantSource { is_direct })
    };
    (!sources.is_empty()).then(|| wire::GrantSources {
        sources: sources.iter().map(by_id).collect(),
    })
}

fn from_sources(sources: Option<wire::GrantSources>) -> BTreeMap<EntitlementId, GrantSource> {
    let sources = sources.unwrap_or_default().sources.into_iter();
    sources
        .map(|(id, wire::grant_sources::GrantSource { is_direct })| (id.into(), GrantSource { is_direct }))
        .collect()
}

fn present(id: String, field: &'static str) -> Result<String, ConvertError> {
    if id.is_empty() {
        Err(missing(field))
    } else {
        Ok(id)
    }
}

fn missing(field: &'static str) -> ConvertError {
    ConvertError::Missing {
        record: "grant",
        field,
    }
}
