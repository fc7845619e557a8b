//! From the words in which a change was asked for to what the connector is asked.

use connector::{Ability, AccessRequest, AccountRequest, DeleteRequest, Mode, RotateRequest};
use model::{Entitlement, GrantId, Resource, ResourceId, ResourceTypeId};

use crate::ability;
use crate::actions;
use crate::definition::Definition;
use crate::error::RunError;
use crate::lookup::{Lookup, LookupError};
use crate::settings::Reading;
use crate::task::{Access, Held, Invocation, NewAccount, Wanted, Which};

/// What the connector is asked.
#[derive(Debug)]
pub(super) enum Request {
    Grant(AccessRequest),
    Revoke(AccessRequest),
    CreateAccount(AccountRequest),
    Delete(DeleteRequest),
    Rotate(RotateRequest),
    Invoke(Invocation),
}

/// Looks up what is meant, and refuses what the connector cannot do; nothing is called.
pub(super) fn resolve(
    definition: &Definition,
    wanted: Wanted,
    mode: Mode,
    reading: &Reading,
) -> Result<Request, RunError> {
    let resolver = Resolver {
        definition,
        reading,
        mode,
    };
    match wanted {
        Wanted::Grant(access) => resolver.access(&access).map(Request::Grant),
        Wanted::Revoke(held) => resolver.held(&held).map(Request::Revoke),
        Wanted::CreateAccount(account) => resolver.account(account).map(Request::CreateAccount),
        Wanted::Delete(which) => {
            let resource = resolver.resource(&which, Ability::Delete)?;
            Ok(Request::Delete(DeleteRequest { resource, mode }))
        }
        Wanted::Rotate(which, recipients) => {
            let resource = resolver.resource(&which, Ability::RotateCredential)?;
            Ok(Request::Rotate(RotateRequest {
                resource,
                recipients,
                mode,
            }))
        }
        Wanted::InvokeAction(invocation) => {
            actions::check(&(definition.actions)(), &invocation).map_err(RunError::Change)?;
            Ok(Request::Invoke(invocation))
        }
    }
}

struct Resolver<'a> {
    definition: &'a Definition,
    reading: &'a Reading,
    mode: Mode,
}

impl Resolver<'_> {
    fn access(&self, access: &Access) -> Result<AccessRequest, RunError> {
        let (entitlement, principal) = self.look_up(|file| {
            let entitlement = file.what(&access.what)?;
            let principal = file.who(&access.who, &entitlement)?;
            Ok((entitlement, principal))
        })?;
        self.access_request(entitlement, principal)
    }

    fn held(&self, held: &Held) -> Result<AccessRequest, RunError> {
        match held {
            Held::Access(access) => self.access(access),
            Held::Grant(id) => {
                let (entitlement, principal) = self.look_up(|file| whole_grant(file, id))?;
                self.access_request(entitlement, principal)
            }
        }
    }

    fn access_request(
        &self,
        entitlement: Entitlement,
        principal: Resource,
    ) -> Result<AccessRequest, RunError> {
        self.able(&entitlement.resource.id.resource_type, Ability::Provision)?;
        Ok(AccessRequest {
            entitlement,
            principal,
            mode: self.mode,
        })
    }

    fn account(&self, account: NewAccount) -> Result<AccountRequest, RunError> {
        ability::check_any(self.definition, Ability::CreateAccount).map_err(RunError::Change)?;
        Ok(AccountRequest {
            email: account.email,
            login: account.login,
            profile: account.profile,
            mode: self.mode,
        })
    }

    fn resource(&self, which: &Which, ability: Ability) -> Result<ResourceId, RunError> {
        let id = match which {
            Which::Id(id) => id.clone(),
            Which::Named { name, of } => {
                let able = self.definition.types_with(ability);
                self.look_up(|file| file.which(name, of.as_ref(), &able))?.id
            }
        };
        self.able(&id.resource_type, ability)?;
        Ok(id)
    }

    /// Asks the file; only what needs one asks.
    fn look_up<T>(&self, ask: impl FnOnce(&Lookup) -> Result<T, LookupError>) -> Result<T, RunError> {
        let answer = Lookup::open(self.reading).and_then(|file| ask(&file));
        answer.map_err(|error| RunError::Lookup {
            error,
            read: format!("{} -f {}", self.definition.name, self.reading.file.display()),
        })
    }

    fn able(&self, kind: &ResourceTypeId, ability: Ability) -> Result<(), RunError> {
        ability::check(self.definition, kind, ability).map_err(RunError::Change)
    }
}

/// What a grant gives, and who holds it. A holder that no sync read is still known by id.
fn whole_grant(file: &Lookup, id: &GrantId) -> Result<(Entitlement, Resource), LookupError> {
    let grant = file.grant(id)?;
    if !grant.sources.is_empty() && !grant.sources.contains_key(&grant.entitlement) {
        return Err(LookupError::Indirect {
            grant: id.to_string(),
            sources: grant.sources.keys().map(ToString::to_string).collect(),
        });
    }
    let entitlement = file.entitlement(&grant.entitlement)?;
    let principal = file.find_resource(&grant.principal)?;
    let bare = || Resource::new(grant.principal.clone(), grant.principal.object.as_str());
    Ok((entitlement, principal.unwrap_or_else(bare)))
}
