//! Policies: who may do what where, as entitlements on scopes and grants of them.

use std::collections::HashSet;
use std::sync::Arc;

use cloudflare::types::{Access, PermissionGroup, Policy, ResourceGroup};
use connector::Record;
use model::{Entitlement, EntitlementId, Expandable, Grant, Purpose, Resource, ResourceId};

use super::scope;
use crate::directory::Directory;
use crate::names::Names;
use crate::types::{self, MEMBER, USER, USER_GROUP};

/// One permission in one place, as a policy gives or denies it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Permission<'a> {
    pub(crate) access: &'a Access,
    pub(crate) group: &'a PermissionGroup,
    pub(crate) place: &'a ResourceGroup,
}

/// All that the policies say, one permission and place at a time, each once.
pub(crate) fn permissions(policies: &[Policy]) -> impl Iterator<Item = Permission<'_>> {
    let all = policies.iter().flat_map(|policy| {
        policy.permission_groups.iter().flat_map(move |group| {
            policy.resource_groups.iter().map(move |place| Permission {
                access: &policy.access,
                group,
                place,
            })
        })
    });
    let mut seen = HashSet::new();
    all.filter(move |permission| seen.insert(permission.key()))
}

impl<'a> Permission<'a> {
    /// What it is told from others by.
    fn key(&self) -> (&'a Access, &'a str, ResourceId) {
        (self.access, self.group.id.as_str(), scope::id(self.place))
    }

    /// An id of its own: what, where, and whether it is given or denied.
    pub(crate) fn name(&self) -> String {
        let (access, group, place) = self.key();
        format!("{access} {group} {place}")
    }

    /// Whether it gives something on the whole account, as roles do.
    pub(crate) fn is_account_wide(&self) -> bool {
        *self.access == Access::Allow && scope::is_whole_account(self.place)
    }

    /// In words, such as `Domain DNS on Production domains`.
    pub(crate) fn describe(&self, directory: &Directory) -> String {
        let (place, _) = directory.scope(self.place);
        title(
            self.access,
            directory.names().permission_group(self.group),
            &place.display_name,
        )
    }

    /// The grant to `principal`, preceded by what it stands on.
    ///
    /// Those who are in a user group hold what the group holds.
    pub(crate) fn records(&self, principal: &ResourceId, directory: &Directory) -> Vec<Record> {
        let (place, new) = directory.scope(self.place);
        let entitlement = entitlement(self.access, self.group, &place, directory.names());
        let mut grant = Grant::of(entitlement.id.clone(), place, principal.clone());
        grant.expandable = (principal.resource_type.as_str() == USER_GROUP).then(|| through(principal));
        let held = [Record::Entitlement(entitlement), Record::Grant(grant)];
        new.into_iter().chain(held).collect()
    }
}

/// What a permission group is on a place.
pub(crate) fn entitlement(
    access: &Access,
    group: &PermissionGroup,
    place: &Arc<Resource>,
    names: &Names,
) -> Entitlement {
    let slug = slug(access, group);
    Entitlement {
        id: EntitlementId::on(&place.id, &slug),
        resource: Arc::clone(place),
        display_name: title(access, names.permission_group(group), &place.display_name),
        description: names.description(group).to_owned(),
        grantable_to: vec![types::user_type(), types::user_group_type()],
        annotations: Vec::new(),
        purpose: Purpose::Permission,
        slug,
    }
}

/// Whoever is in the user group holds it too, in any depth.
fn through(group: &ResourceId) -> Expandable {
    Expandable {
        entitlements: vec![EntitlementId::on(group, MEMBER)],
        shallow: false,
        resource_types: vec![USER.into()],
    }
}

fn slug(access: &Access, group: &PermissionGroup) -> String {
    match access {
        Access::Allow => group.id.to_string(),
        other => format!("{other}-{}", group.id),
    }
}

fn title(access: &Access, permission: &str, place: &str) -> String {
    let place = match place {
        scope::WHOLE_ACCOUNT => "the whole account",
        named => named,
    };
    match access {
        Access::Allow => format!("{permission} on {place}"),
        Access::Deny => format!("Denied: {permission} on {place}"),
        Access::Unknown(word) => format!("{word}: {permission} on {place}"),
    }
}
