//! Entitlements.

use governance::access::AccessEntitlement;
use model::Purpose;
use proto::connector_v2 as wire;
use proto::is_type;
use wire::entitlement::PurposeValue;

use super::{first, identity, present};
use crate::ProjectionError;

pub(crate) fn map(entitlement: wire::Entitlement) -> Result<AccessEntitlement, ProjectionError> {
    let id = present("entitlement", "id", entitlement.id)?;
    let on = entitlement.resource.unwrap_or_default();
    Ok(AccessEntitlement {
        resource: identity("resource of an entitlement", on.id)?,
        name: first([entitlement.display_name.as_str(), &entitlement.slug, &id]).to_owned(),
        slug: entitlement.slug,
        description: entitlement.description,
        purpose: purpose(entitlement.purpose),
        immutable: entitlement
            .annotations
            .iter()
            .any(is_type::<wire::EntitlementImmutable>),
        id: id.into(),
    })
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
