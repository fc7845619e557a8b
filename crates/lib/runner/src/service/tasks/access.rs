//! Grants, revocations and removals.

use connector::{Ability, AccessRequest, ConnectorError, DeleteRequest, Mode};
use model::{Entitlement, Resource, ResourceId};
use proto::baton_service_v1::task::{DeleteResourceTask, GrantTask, RevokeTask};
use proto::connector_v2 as wire;

use super::{incomplete, malformed, may_change, tell};
use crate::service::Service;
use crate::service::ending::{Ending, Failure};
use crate::{ability, messages};

pub(super) async fn grant(service: &Service, wanted: &GrantTask) -> Result<Ending, Failure> {
    may_change(service)?;
    let (Some(entitlement), Some(principal)) = (&wanted.entitlement, &wanted.principal) else {
        return Err(malformed("grant"));
    };
    let request = request(service, entitlement, principal)?;
    let changed = service
        .connected
        .provisioner
        .grant(&request)
        .await
        .map_err(for_good)?;
    let answer = messages::granted(tell(&changed));
    Ok(Ending::answered(&answer, &answer.annotations))
}

pub(super) async fn revoke(service: &Service, wanted: &RevokeTask) -> Result<Ending, Failure> {
    may_change(service)?;
    let grant = wanted.grant.as_ref();
    let Some((Some(entitlement), Some(principal))) =
        grant.map(|grant| (&grant.entitlement, &grant.principal))
    else {
        return Err(malformed("revoke"));
    };
    let request = request(service, entitlement, principal)?;
    let changed = service
        .connected
        .provisioner
        .revoke(&request)
        .await
        .map_err(for_good)?;
    let answer = messages::revoked(tell(&changed));
    Ok(Ending::answered(&answer, &answer.annotations))
}

pub(super) async fn delete(service: &Service, wanted: &DeleteResourceTask) -> Result<Ending, Failure> {
    may_change(service)?;
    let id = wanted
        .resource_id
        .clone()
        .ok_or_else(|| malformed("delete resource"))?;
    let resource = ResourceId::try_from(id).map_err(incomplete)?;
    ability::check(&service.definition, &resource.resource_type, Ability::Delete).map_err(for_good)?;
    let request = DeleteRequest {
        resource,
        mode: Mode::Make,
    };
    let changed = service
        .connected
        .provisioner
        .delete(&request)
        .await
        .map_err(for_good)?;
    let answer = messages::deleted(tell(&changed));
    Ok(Ending::answered(&answer, &answer.annotations))
}

fn request(
    service: &Service,
    entitlement: &wire::Entitlement,
    principal: &wire::Resource,
) -> Result<AccessRequest, Failure> {
    let entitlement = Entitlement::try_from(entitlement.clone()).map_err(incomplete)?;
    let principal = Resource::try_from(principal.clone()).map_err(incomplete)?;
    let kind = &entitlement.resource.id.resource_type;
    ability::check(&service.definition, kind, Ability::Provision).map_err(for_good)?;
    Ok(AccessRequest {
        entitlement,
        principal,
        mode: Mode::Make,
    })
}

/// What is refused once would be refused again.
#[expect(
    clippy::needless_pass_by_value,
    reason = "it stands where an error is turned into another"
)]
pub(super) fn for_good(error: ConnectorError) -> Failure {
    Failure::from(&error).for_good()
}
