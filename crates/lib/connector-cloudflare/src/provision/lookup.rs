//! Which policy a role is: needed only where a role joins scoped permissions. Looked up by name, once for each role.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use cloudflare::endpoint::{PermissionGroupsNamed, ResourceGroupsNamed};
use cloudflare::types::{Access, PermissionGroup, Policy, ResourceGroup, Role};
use cloudflare::{PermissionGroupId, RoleId};
use connector::ConnectorError;
use tokio::sync::OnceCell;

use super::Provisioning;
use super::holdings::RolePolicy;
use super::refusal::by_cloudflare;
use crate::known_roles;
use crate::map::{role, scope};

const ACCOUNT: &str = "com.cloudflare.api.account";

/// What was looked up.
#[derive(Debug, Default)]
pub(super) struct Lookups {
    groups: Mutex<HashMap<RoleId, PermissionGroup>>,
    whole_account: OnceCell<ResourceGroup>,
}

impl Lookups {
    fn group(&self, role: &RoleId) -> Option<PermissionGroup> {
        let groups = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        groups.get(role).cloned()
    }

    fn keep(&self, role: &RoleId, group: &PermissionGroup) {
        let mut groups = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        groups.insert(role.clone(), group.clone());
    }
}

impl Provisioning {
    /// The policy that a role is, beside these; `None` when no single permission group stands for it.
    pub(super) async fn policy_of(
        &self,
        held: &Role,
        policies: &[Policy],
    ) -> Result<Option<RolePolicy>, ConnectorError> {
        let Some(group) = self.permission_group(held).await? else {
            return Ok(None);
        };
        let own = own_whole_account(policies).cloned();
        let place = match own {
            Some(place) => Some(place),
            None => self.whole_account().await?,
        };
        Ok(place.map(|place| RolePolicy {
            role: held.id.clone(),
            policy: Policy::new(Access::Allow, group, place),
        }))
    }

    async fn permission_group(&self, held: &Role) -> Result<Option<PermissionGroup>, ConnectorError> {
        let name = role::name(held).to_owned();
        let known = known_roles::by_id(held.id.as_str()).and_then(known_roles::KnownRole::permission_group);
        if let Some(id) = known {
            return Ok(Some(PermissionGroup::new(PermissionGroupId::new(id), Some(name))));
        }
        if let Some(group) = self.lookups.group(&held.id) {
            return Ok(Some(group));
        }
        let account = self.account.clone();
        let named = self.client.call(&PermissionGroupsNamed { account, name }).await;
        let found = only_match(
            held,
            named.map_err(|error| by_cloudflare("looking up a role", error))?,
        );
        if let Some(group) = &found {
            self.lookups.keep(&held.id, group);
        }
        Ok(found)
    }

    async fn whole_account(&self) -> Result<Option<ResourceGroup>, ConnectorError> {
        if let Some(place) = self.lookups.whole_account.get() {
            return Ok(Some(place.clone()));
        }
        let account = self.account.clone();
        let name = format!("{ACCOUNT}.{account}");
        let named = self.client.call(&ResourceGroupsNamed { account, name }).await;
        let named = named.map_err(|error| by_cloudflare("looking up the whole account", error))?;
        let found = named.into_iter().find(scope::is_whole_account);
        if let Some(place) = &found {
            self.lookups.whole_account.set(place.clone()).unwrap_or_default();
        }
        Ok(found)
    }
}

/// The permission group that stands for a role among others, when there is just one on the whole account.
fn only_match(held: &Role, groups: Vec<PermissionGroup>) -> Option<PermissionGroup> {
    let fits = |group: &PermissionGroup| {
        let scope = group.meta.scopes.as_deref();
        role::mirrors(held, group) && scope.is_none_or(|scope| scope == ACCOUNT)
    };
    let mut fitting = groups.into_iter().filter(fits);
    let first = fitting.next()?;
    fitting.next().is_none().then_some(first)
}

/// The resource group over the whole account that a member's policies name, if one does.
fn own_whole_account(policies: &[Policy]) -> Option<&ResourceGroup> {
    let mut places = policies.iter().flat_map(|policy| &policy.resource_groups);
    places.find(|place| scope::is_whole_account(place) && !place.id.as_str().is_empty())
}
