//! Grants.

use governance::access::AccessGrant;
use model::GrantSource;
use proto::connector_v2 as wire;
use proto::is_type;

use super::{identity, present};
use crate::ProjectionError;

pub(crate) fn map(grant: wire::Grant) -> Result<AccessGrant, ProjectionError> {
    let immutable = grant.annotations.iter().any(is_type::<wire::GrantImmutable>);
    let held = grant.entitlement.unwrap_or_default();
    let entitlement = present("grant", "entitlement", held.id)?;
    let sources = grant.sources.unwrap_or_default().sources;
    let itself = sources.contains_key(&entitlement);
    Ok(AccessGrant {
        id: present("grant", "id", grant.id)?.into(),
        resource: identity("resource of a grant", held.resource.unwrap_or_default().id)?,
        principal: identity("principal", grant.principal.unwrap_or_default().id)?,
        // Nothing else led to it, or it names itself among what did.
        direct: itself || (sources.is_empty() && !immutable),
        immutable,
        sources: sources
            .into_iter()
            .map(|(id, wire::grant_sources::GrantSource { is_direct })| {
                (id.into(), GrantSource { is_direct })
            })
            .collect(),
        entitlement: entitlement.into(),
    })
}
