//! A member, whole: the person or the invitation, the roles held, the policies held.

use cloudflare::UserId;
use cloudflare::types::{Member, MemberStatus, Role};
use connector::Record;
use model::ResourceId;

use super::{invitation, policy, role, user};
use crate::directory::Directory;
use crate::types::USER;

/// All that a member is and holds.
///
/// Scopes and roles that no list had come along, once for each time they are held.
pub(crate) fn records(member: &Member, directory: &Directory) -> Vec<Record> {
    match (&member.status, &member.user.id) {
        (MemberStatus::Pending, _) => vec![Record::Resource(invitation::resource(member, directory))],
        (_, None) => Vec::new(),
        (MemberStatus::Accepted, Some(id)) => {
            let mut records = vec![Record::Resource(user::resource(member, id))];
            records.extend(held(member, id, directory));
            records
        }
        (_, Some(id)) => vec![Record::Resource(user::resource(member, id))],
    }
}

/// What the policies of a member say beyond the member's roles.
pub(crate) fn beyond_roles<'a>(
    member: &'a Member,
    directory: &'a Directory,
) -> impl Iterator<Item = policy::Permission<'a>> {
    let roles: Vec<&Role> = role::real(member, directory).collect();
    policy::permissions(&member.policies).filter(move |permission| {
        let mut mirrored = roles.iter();
        !(permission.is_account_wide()
            && mirrored.any(|role| role::is_mirrored_by(role, permission.group, directory)))
    })
}

fn held<'a>(
    member: &'a Member,
    id: &UserId,
    directory: &'a Directory,
) -> impl Iterator<Item = Record> + use<'a> {
    let user = ResourceId::new(USER, id.as_str());
    let principal = user.clone();
    let roles = role::real(member, directory).flat_map(move |held| {
        let (role, new) = directory.role(held);
        let grant = role::grant(role, user.clone(), &member.id);
        new.into_iter().flatten().chain([Record::Grant(grant)])
    });
    let policies =
        beyond_roles(member, directory).flat_map(move |permission| permission.records(&principal, directory));
    roles.chain(policies)
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod properties;
