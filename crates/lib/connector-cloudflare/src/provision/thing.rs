//! What an entitlement stands for at Cloudflare.

use cloudflare::types::{Access, PermissionGroup, ResourceGroup, Role};
use cloudflare::{PermissionGroupId, ResourceGroupId, RoleId, UserGroupId};
use connector::ConnectorError;
use model::{Entitlement, Resource};

use super::refusal;
use crate::map::role;
use crate::types::{MEMBER, RESOURCE_GROUP, ROLE, USER_GROUP};

/// Something that a user can be given or lose.
#[derive(Clone, Debug)]
pub(crate) enum Thing {
    /// Something that a member holds directly.
    Held(Held),
    /// Being in a user group.
    Group(Group),
}

/// Something that a member holds directly.
#[derive(Clone, Debug)]
pub(crate) enum Held {
    /// An account-wide role of the older kind.
    Role {
        /// The role.
        role: Role,
        /// Whether a list had it when the account was read.
        listed: bool,
    },
    /// A permission group in one place.
    Scoped(Box<Scoped>),
}

/// A permission group in one place, given or denied.
#[derive(Clone, Debug)]
pub(crate) struct Scoped {
    /// Whether it gives or takes away.
    pub(crate) access: Access,
    /// What.
    pub(crate) group: PermissionGroup,
    /// Where; the id is empty when Cloudflare gave it none.
    pub(crate) place: ResourceGroup,
    /// The place as our records name it.
    pub(crate) object: String,
    /// In words, such as `Domain DNS on Production domains`.
    pub(crate) title: String,
}

/// A user group.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// The group.
    pub(crate) id: UserGroupId,
    /// Its name.
    pub(crate) name: String,
}

impl Thing {
    /// Reads an entitlement, by the structured parts of the record and never by splitting its id.
    pub(crate) fn of(entitlement: &Entitlement) -> Result<Self, ConnectorError> {
        let resource = &entitlement.resource;
        let slug = slug(entitlement);
        match (resource.id.resource_type.as_str(), slug) {
            (ROLE, MEMBER) => Ok(Self::Held(role(resource))),
            (USER_GROUP, MEMBER) => Ok(Self::Group(Group {
                id: UserGroupId::new(resource.id.object.as_str()),
                name: named(resource),
            })),
            (RESOURCE_GROUP, slug) if !slug.is_empty() => {
                scoped(entitlement, slug).map(|scoped| Self::Held(Held::Scoped(Box::new(scoped))))
            }
            (ROLE | USER_GROUP | RESOURCE_GROUP, _) => Err(refusal::no_such_entitlement(&entitlement.id)),
            (kind, _) => Err(refusal::not_provisioned(kind)),
        }
    }

    /// In words, such as `Billing`.
    pub(crate) fn title(&self) -> &str {
        match self {
            Self::Held(held) => held.title(),
            Self::Group(group) => &group.name,
        }
    }
}

impl Held {
    /// In words, such as `Billing` or `Domain DNS on Production domains`.
    pub(crate) fn title(&self) -> &str {
        match self {
            Self::Role { role, .. } => role::name(role),
            Self::Scoped(scoped) => &scoped.title,
        }
    }
}

/// The record's own slug; for a record without one, what its id adds to the resource's.
fn slug(entitlement: &Entitlement) -> &str {
    if !entitlement.slug.is_empty() {
        return &entitlement.slug;
    }
    let prefix = format!("{}:", entitlement.resource.id);
    entitlement.id.as_str().strip_prefix(&prefix).unwrap_or_default()
}

fn named(resource: &Resource) -> String {
    let name = Some(&resource.display_name).filter(|name| !name.is_empty());
    name.map_or_else(|| resource.id.object.to_string(), Clone::clone)
}

fn role(resource: &Resource) -> Held {
    Held::Role {
        role: Role {
            id: RoleId::new(resource.id.object.as_str()),
            name: resource.display_name.clone(),
            description: None,
        },
        listed: !role::is_unlisted(resource),
    }
}

fn scoped(entitlement: &Entitlement, slug: &str) -> Result<Scoped, ConnectorError> {
    let (access, group) = match slug.split_once('-') {
        None => (Access::Allow, slug),
        Some(("deny", group)) => (Access::Deny, group),
        Some(_) => return Err(refusal::no_such_entitlement(&entitlement.id)),
    };
    let resource = &entitlement.resource;
    let title = Some(&entitlement.display_name).filter(|name| !name.is_empty());
    Ok(Scoped {
        access,
        group: PermissionGroup::new(
            PermissionGroupId::new(group),
            permission(&entitlement.display_name, &resource.display_name),
        ),
        place: ResourceGroup::new(place_id(resource), Some(named(resource))),
        object: resource.id.object.to_string(),
        title: title.map_or_else(|| slug.to_owned(), Clone::clone),
    })
}

/// The permission's part of a title such as `Domain DNS on Production domains`.
fn permission(title: &str, place: &str) -> Option<String> {
    let on_place = format!(" on {place}");
    let permission = title
        .strip_suffix(&on_place)
        .or_else(|| title.strip_suffix(" on the whole account"));
    permission.map(|text| text.trim_start_matches("Denied: ").to_owned())
}

/// A place that Cloudflare gave no id is known to us by what it covers, which is no id.
fn place_id(resource: &Resource) -> ResourceGroupId {
    let object = resource.id.object.as_str();
    let is_id = !object.contains(['.', '+', '*']);
    ResourceGroupId::new(if is_id { object } else { "" })
}
