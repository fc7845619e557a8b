//! User groups: members who share policies.

use std::sync::Arc;

use cloudflare::types::UserGroup;
use connector::Record;
use model::{
    Annotation, Entitlement, EntitlementId, Grant, Profile, ProfileValue, Purpose, Resource, ResourceId,
};

use super::policy;
use crate::directory::Directory;
use crate::types::{self, MEMBER, USER_GROUP};

/// The group, that one can be in it, and what it holds.
pub(crate) fn records(group: &UserGroup, directory: &Directory) -> Vec<Record> {
    let resource = Arc::new(resource(group, directory));
    let held = policy::permissions(&group.policies)
        .flat_map(|permission| permission.records(&resource.id, directory));
    [
        Record::Resource(Resource::clone(&resource)),
        Record::Entitlement(entitlement(&resource)),
    ]
    .into_iter()
    .chain(held)
    .collect()
}

/// That a user is in the group.
pub(crate) fn membership(group: Arc<Resource>, user: ResourceId) -> Grant {
    Grant::new(group, MEMBER, user)
}

fn resource(group: &UserGroup, directory: &Directory) -> Resource {
    let name = Some(group.name.as_str()).filter(|name| !name.is_empty());
    let id = ResourceId::new(USER_GROUP, group.id.as_str());
    let mut resource = Resource::new(id, name.unwrap_or(group.id.as_str()))
        .with_annotation(Annotation::Group)
        .with_profile(profile(group, directory));
    resource.created_at = group.created_on;
    resource
}

fn entitlement(group: &Arc<Resource>) -> Entitlement {
    let name = &group.display_name;
    Entitlement {
        id: EntitlementId::on(&group.id, MEMBER),
        resource: Arc::clone(group),
        display_name: format!("{name} Group Member"),
        description: format!("Is in the {name} user group in Cloudflare"),
        grantable_to: vec![types::user_type()],
        annotations: Vec::new(),
        purpose: Purpose::Assignment,
        slug: MEMBER.to_owned(),
    }
}

fn profile(group: &UserGroup, directory: &Directory) -> Profile {
    let policies = policy::permissions(&group.policies).map(|permission| permission.describe(directory));
    Profile::from([("policies".to_owned(), ProfileValue::texts(policies))])
}

#[cfg(test)]
mod tests;
