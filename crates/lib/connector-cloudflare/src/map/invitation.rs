//! Invitations: members who have not accepted yet. They hold nothing; their roles wait for them.

use cloudflare::types::{Member, MemberStatus};
use model::{Annotation, Lifecycle, Profile, ProfileValue, Resource, ResourceId, Status};

use super::user::{account, capitalized};
use super::{member, role};
use crate::directory::Directory;
use crate::types::INVITATION;

/// The invitation as a resource.
pub(crate) fn resource(member: &Member, directory: &Directory) -> Resource {
    let id = ResourceId::new(INVITATION, member.id.as_str());
    let name = Some(member.email.as_str()).filter(|email| !email.is_empty());
    let mut resource = Resource::new(id, name.unwrap_or(member.id.as_str()))
        .with_annotation(Annotation::User(account(&member.email, None)))
        .with_profile(profile(member, directory));
    resource.status = Some(Status {
        lifecycle: Lifecycle::Enabled,
        details: capitalized(MemberStatus::Pending.as_str()),
    });
    resource
}

fn profile(invited: &Member, directory: &Directory) -> Profile {
    let waiting: Vec<_> = role::real(invited, directory).collect();
    let names = waiting.iter().map(|waiting| role::name(waiting));
    let ids = waiting.iter().map(|waiting| waiting.id.as_str());
    let beyond = member::beyond_roles(invited, directory);
    let policies = beyond.map(|permission| permission.describe(directory));
    Profile::from([
        ("email".to_owned(), invited.email.as_str().into()),
        ("status".to_owned(), capitalized(invited.status.as_str()).into()),
        ("roles".to_owned(), ProfileValue::texts(names)),
        ("role_ids".to_owned(), ProfileValue::texts(ids)),
        ("policies".to_owned(), ProfileValue::texts(policies)),
    ])
}
