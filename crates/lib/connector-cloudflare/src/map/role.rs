//! Roles: as resources, as entitlements, as grants; and which of a member's roles are roles at all.

use std::collections::HashSet;
use std::sync::Arc;

use cloudflare::MemberId;
use cloudflare::types::{Member, PermissionGroup, Role};
use model::{
    Annotation, Entitlement, EntitlementId, Grant, Profile, ProfileValue, Purpose, Resource, ResourceId,
};

use crate::directory::Directory;
use crate::known_roles::{self, SUPER_ADMINISTRATOR, SUPER_ADMINISTRATOR_NAME};
use crate::types::{self, MEMBER, ROLE};

/// The profile's mark of roles that no list has.
const UNLISTED: &str = "unlisted";

/// The role as a resource.
pub(crate) fn resource(role: &Role) -> Resource {
    let name = name(role);
    let mut resource = Resource::new(ResourceId::new(ROLE, role.id.as_str()), name)
        .with_annotation(Annotation::Role)
        .with_profile(Profile::from([
            ("role_id".to_owned(), role.id.as_str().into()),
            ("role_name".to_owned(), name.into()),
        ]));
    resource.description = role.description.clone().unwrap_or_default();
    resource
}

/// A role that no list has, found with a member; marked, so that it is never taken for a listed one.
pub(crate) fn unlisted(role: &Role) -> Resource {
    let mut resource = resource(role);
    let profile = resource.profile.get_or_insert_default();
    profile.insert(UNLISTED.to_owned(), true.into());
    resource
}

/// Whether the role was only found with a member.
pub(crate) fn is_unlisted(role: &Resource) -> bool {
    let mark = role.profile.as_ref().and_then(|profile| profile.get(UNLISTED));
    matches!(mark, Some(ProfileValue::Bool(true)))
}

/// That somebody can have the role.
pub(crate) fn entitlement(role: &Arc<Resource>) -> Entitlement {
    let name = &role.display_name;
    Entitlement {
        id: EntitlementId::on(&role.id, MEMBER),
        resource: Arc::clone(role),
        display_name: format!("{name} Member Role"),
        description: format!("Has the {name} role in Cloudflare"),
        grantable_to: vec![types::user_type()],
        annotations: Vec::new(),
        purpose: Purpose::Assignment,
        slug: MEMBER.to_owned(),
    }
}

/// That a user has the role, through a membership.
pub(crate) fn grant(role: Arc<Resource>, user: ResourceId, member: &MemberId) -> Grant {
    let v1 = format!("grant:membership:{}:{member}", role.id.object);
    Grant::new(role, MEMBER, user).with_annotation(Annotation::V1Identifier(v1))
}

/// The listed roles, with the Super Administrator, whom some answers leave out; each id once.
pub(crate) fn with_super_administrator(mut listed: Vec<Role>) -> Vec<Role> {
    let mut seen = HashSet::new();
    listed.retain(|role| seen.insert(role.id.clone()));
    if !listed.iter().any(|role| role.id.as_str() == SUPER_ADMINISTRATOR) {
        listed.push(super_administrator());
    }
    listed
}

/// The roles of an account whose list is gone: what the permission groups were called before.
pub(crate) fn from_permission_groups(groups: &[PermissionGroup]) -> Vec<Role> {
    let account_wide = groups
        .iter()
        .filter(|group| group.meta.scopes.as_deref() == Some("com.cloudflare.api.account"));
    account_wide
        .filter_map(|group| {
            let role = known_roles::by_permission_group(group)?;
            let name = group.name.as_deref().unwrap_or(role.name);
            Some(known(role.id, name, group.meta.description.clone()))
        })
        .collect()
}

/// The member's roles without the entries that Cloudflare derives from scoped policies; each once.
///
/// A derived entry carries the id of a permission group, and no list of roles has it. The policy that it comes from
/// is the member's, or that of a user group: the catalogue tells both, the member's policies also without it.
pub(crate) fn real<'a>(member: &'a Member, directory: &'a Directory) -> impl Iterator<Item = &'a Role> {
    let derived = |role: &Role| {
        let mut groups = member
            .policies
            .iter()
            .flat_map(|policy| &policy.permission_groups);
        directory.names().lists_permission_group(role.id.as_str())
            || groups.any(|group| group.id.as_str() == role.id.as_str())
    };
    let mut seen = HashSet::new();
    let once = member.roles.iter().filter(move |role| seen.insert(&role.id));
    once.filter(move |role| directory.knows_role(role) || !derived(role))
}

/// Whether the role is what a permission group on the whole account was called before.
pub(crate) fn is_mirrored_by(role: &Role, group: &PermissionGroup, directory: &Directory) -> bool {
    let same_name = directory
        .names()
        .permission_group(group)
        .eq_ignore_ascii_case(name(role));
    same_name || known_roles::by_id(role.id.as_str()).is_some_and(|known| known.is(group))
}

/// Whether the permission group is what the role is called in the newer catalogue, as far as the two themselves tell.
pub(crate) fn mirrors(role: &Role, group: &PermissionGroup) -> bool {
    let named = group.name.as_deref();
    let same_name = named.is_some_and(|named| named.eq_ignore_ascii_case(name(role)));
    same_name || known_roles::by_id(role.id.as_str()).is_some_and(|known| known.is(group))
}

/// The role that may do everything.
pub(crate) fn super_administrator() -> Role {
    known(SUPER_ADMINISTRATOR, SUPER_ADMINISTRATOR_NAME, None)
}

/// The role's name; the table's, or at last the id, when the answer has none.
pub(crate) fn name(role: &Role) -> &str {
    if !role.name.is_empty() {
        return &role.name;
    }
    known_roles::by_id(role.id.as_str()).map_or(role.id.as_str(), |known| known.name)
}

fn known(id: &str, name: &str, description: Option<String>) -> Role {
    Role {
        id: cloudflare::RoleId::new(id),
        name: name.to_owned(),
        description,
    }
}

#[cfg(test)]
mod tests;
