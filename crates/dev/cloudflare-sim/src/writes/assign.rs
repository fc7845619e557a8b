//! From roles and policies of a request to policies of the account.

use std::sync::Arc;

use super::{
    Refused, Write,
    request::{MemberRequest, Place, PolicyRequest, RolesForm},
};
use crate::state::{Effect, PermissionGroup, Policy, ResourceGroup};

impl Write<'_> {
    /// What a member is to have: of policies and roles the policies win, and one of them must be there.
    pub(super) fn wanted(
        &mut self,
        request: MemberRequest,
        form: RolesForm,
        held: &[Policy],
    ) -> Result<Vec<Policy>, Refused> {
        let roles = request.role_ids(form)?;
        let policies = match (request.policies, roles) {
            (Some(policies), _) => self.policies(policies, held)?,
            (None, Some(ids)) => self.policies_of_roles(&ids)?,
            (None, None) => Vec::new(),
        };
        if policies.is_empty() {
            return Err(Refused::invalid("a member needs at least one role or policy"));
        }
        Ok(policies)
    }

    /// One policy per role, each with a fresh id: the role's permission group on the whole account. The id of
    /// a domain role is no role's.
    fn policies_of_roles(&mut self, ids: &[String]) -> Result<Vec<Policy>, Refused> {
        let everywhere: Vec<_> = self.state.resource_groups.iter().take(1).cloned().collect();
        let group_of = |id: &String| {
            let mut groups = self.state.permission_groups.iter();
            groups.find(|group| group.role.as_ref().is_some_and(|role| role.id == *id))
        };
        let groups: Option<Vec<_>> = ids.iter().map(|id| group_of(id).cloned()).collect();
        let groups = groups.ok_or_else(Refused::invalid_assignments)?;
        let policy = |group| {
            Policy::new(
                self.state.chance.id(),
                Effect::Allow,
                vec![group],
                everywhere.clone(),
            )
        };
        Ok(groups.into_iter().map(policy).collect())
    }

    /// The policies asked for. One with the id of a `held` policy keeps it, all others get a fresh one.
    pub(super) fn policies(
        &mut self,
        requests: Vec<PolicyRequest>,
        held: &[Policy],
    ) -> Result<Vec<Policy>, Refused> {
        let mut free: Vec<_> = held.iter().map(|policy| policy.id.clone()).collect();
        let policies = requests
            .into_iter()
            .map(|request| self.policy(request, &mut free));
        policies.collect()
    }

    fn policy(&mut self, request: PolicyRequest, free: &mut Vec<String>) -> Result<Policy, Refused> {
        let groups = request.permission_groups.iter();
        let groups: Vec<_> = groups
            .map(|group| self.permission_group(&group.id))
            .collect::<Result<_, _>>()?;
        let places: Vec<_> = request
            .resource_groups
            .into_iter()
            .map(|place| self.place(place))
            .collect::<Result<_, _>>()?;
        if groups.is_empty() || places.is_empty() {
            return Err(Refused::invalid_assignments());
        }
        if !groups.iter().all(|group| fits(group, &places)) {
            return Err(Refused::combination());
        }
        let kept = free.iter().position(|id| request.id.as_ref() == Some(id));
        let id = kept.map_or_else(|| self.state.chance.id(), |kept| free.swap_remove(kept));
        Ok(Policy {
            extra: request.extra,
            ..Policy::new(id, request.access, groups, places)
        })
    }

    /// Groups named like token permissions are listed, but cannot be given.
    fn permission_group(&self, id: &str) -> Result<Arc<PermissionGroup>, Refused> {
        let known = self.state.permission_groups.iter().find(|group| group.id == id);
        known
            .filter(|group| group.is_assignable())
            .cloned()
            .ok_or_else(Refused::invalid_assignments)
    }

    /// A known resource group, or one that [`Self::adopt`] makes part of the account.
    fn place(&mut self, place: Place) -> Result<Arc<ResourceGroup>, Refused> {
        match (place.id, place.scope) {
            (Some(id), _) => {
                let mut known = self.state.resource_groups.iter();
                let found = known.find(|group| group.id == id);
                found.cloned().ok_or_else(Refused::invalid_assignments)
            }
            (None, Some(scope)) if !scope.objects.is_empty() => {
                let id = self.state.chance.id();
                Ok(Arc::new(ResourceGroup::build(id, None, &[], scope)))
            }
            (None, _) => Err(Refused::invalid("a resource group needs an id or a scope")),
        }
    }

    /// Adds the resource groups that inline scopes made.
    pub(super) fn adopt(&mut self, policies: &[Policy]) {
        let known = &mut self.state.resource_groups;
        for place in policies.iter().flat_map(|policy| &policy.resource_groups) {
            if known.iter().all(|group| group.id != place.id) {
                known.push(place.clone());
            }
        }
    }
}

fn fits(group: &PermissionGroup, places: &[Arc<ResourceGroup>]) -> bool {
    places
        .iter()
        .flat_map(|place| place.kinds())
        .all(|kind| kind == group.scopes)
}
