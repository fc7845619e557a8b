//! Entitlements.

use std::sync::Arc;

use model::{Entitlement, Purpose, ResourceType};

use super::{from_anys, to_anys};
use crate::ConvertError;
use crate::connector_v2 as wire;
use wire::entitlement::PurposeValue;

impl From<&Entitlement> for wire::Entitlement {
    fn from(entitlement: &Entitlement) -> Self {
        Self {
            resource: Some(entitlement.resource.as_ref().into()),
            id: entitlement.id.to_string(),
            display_name: entitlement.display_name.clone(),
            description: entitlement.description.clone(),
            grantable_to: entitlement
                .grantable_to
                .iter()
                .map(|kind| kind.as_ref().into())
                .collect(),
            annotations: to_anys(&entitlement.annotations),
            purpose: number(entitlement.purpose),
            slug: entitlement.slug.clone(),
        }
    }
}

impl TryFrom<wire::Entitlement> for Entitlement {
    type Error = ConvertError;

    fn try_from(entitlement: wire::Entitlement) -> Result<Self, ConvertError> {
        let kinds = entitlement.grantable_to.into_iter();
        Ok(Self {
            id: present(entitlement.id, "id")?.into(),
            resource: Arc::new(whole_resource(entitlement.resource)?),
            display_name: entitlement.display_name,
            description: entitlement.description,
            grantable_to: kinds
                .map(|kind| ResourceType::try_from(kind).map(Arc::new))
                .collect::<Result<_, _>>()?,
            annotations: from_anys(entitlement.annotations),
            purpose: purpose(entitlement.purpose),
            slug: entitlement.slug,
        })
    }
}

/// The resource that an entitlement is on; a grant's entitlement must have it too.
pub(super) fn whole_resource(resource: Option<wire::Resource>) -> Result<model::Resource, ConvertError> {
    resource.ok_or(missing("resource"))?.try_into()
}

pub(super) fn present(id: String, field: &'static str) -> Result<String, ConvertError> {
    if id.is_empty() {
        Err(missing(field))
    } else {
        Ok(id)
    }
}

fn missing(field: &'static str) -> ConvertError {
    ConvertError::Missing {
        record: "entitlement",
        field,
    }
}

fn number(purpose: Purpose) -> i32 {
    match purpose {
        Purpose::Unspecified => PurposeValue::Unspecified.into(),
        Purpose::Assignment => PurposeValue::Assignment.into(),
        Purpose::Permission => PurposeValue::Permission.into(),
        Purpose::Ownership => PurposeValue::Ownership.into(),
        Purpose::Other(number) => number,
    }
}

fn purpose(number: i32) -> Purpose {
    match PurposeValue::try_from(number) {
        Ok(PurposeValue::Unspecified) => Purpose::Unspecified,
        Ok(PurposeValue::Assignment) => Purpose::Assignment,
        Ok(PurposeValue::Permission) => Purpose::Permission,
        Ok(PurposeValue::Ownership) => Purpose::Ownership,
        Err(_) => Purpose::Other(number),
    }
}
