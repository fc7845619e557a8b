//! Dry runs of grants and revocations, by id: what would be done, and by which calls.

use connector::{AccessRequest, ConnectorError, ErrorKind, Mode, Provisioner};
use model::{Entitlement, Profile, Resource, ResourceId};

use super::{arguments, results, schemas};
use crate::find;
use crate::syncer::CloudflareConnector;
use crate::types::USER;

impl CloudflareConnector {
    pub(super) async fn try_grant(&self, arguments: &Profile) -> Result<Profile, ConnectorError> {
        let request = self.request(arguments).await?;
        Ok(results::changed(&self.grant(&request).await?))
    }

    pub(super) async fn try_revoke(&self, arguments: &Profile) -> Result<Profile, ConnectorError> {
        let request = self.request(arguments).await?;
        Ok(results::changed(&self.revoke(&request).await?))
    }

    /// There is no file to look into, so the account is asked for both.
    async fn request(&self, arguments: &Profile) -> Result<AccessRequest, ConnectorError> {
        let entitlement = arguments::text(arguments, schemas::ENTITLEMENT)?;
        let user = arguments::text(arguments, schemas::USER_ID)?;
        Ok(AccessRequest {
            entitlement: self.entitlement(entitlement).await?,
            principal: self.user(user).await?,
            mode: Mode::DryRun,
        })
    }

    async fn entitlement(&self, id: &str) -> Result<Entitlement, ConnectorError> {
        let unknown = || not_found(format!("the account has no entitlement {id}"));
        let resource = resource(id).ok_or_else(unknown)?;
        let found = find::find(&self.account(), &resource)
            .await?
            .ok_or_else(unknown)?;
        let mut entitlements = found.entitlements.into_iter();
        entitlements
            .find(|entitlement| entitlement.id.as_str() == id)
            .ok_or_else(unknown)
    }

    async fn user(&self, id: &str) -> Result<Resource, ConnectorError> {
        let found = find::find(&self.account(), &ResourceId::new(USER, id)).await?;
        found
            .map(|found| found.resource)
            .ok_or_else(|| not_found(format!("the account has no user {id}")))
    }
}

/// The resource that an entitlement is on. Our own ids hold no other colons than those between their parts.
fn resource(entitlement: &str) -> Option<ResourceId> {
    let (kind, rest) = entitlement.split_once(':')?;
    let (object, slug) = rest.rsplit_once(':')?;
    let whole = [kind, object, slug].iter().all(|part| !part.is_empty());
    whole.then(|| ResourceId::new(kind, object))
}

fn not_found(message: String) -> ConnectorError {
    ConnectorError::new(ErrorKind::NotFound, message)
        .with_code("not-found")
        .with_hint("take the id from the file that a sync writes")
}
