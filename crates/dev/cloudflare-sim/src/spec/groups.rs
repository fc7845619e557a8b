//! User groups.

use super::{Ground, members::policy};
use crate::{
    chance::Chance,
    state::{Effect, GroupMembership, Member, Policy, UserGroup},
};

/// The user groups; the last one has neither members nor policies.
pub(super) fn user_groups(ground: &Ground<'_>, chance: &mut Chance, members: &[Member]) -> Vec<UserGroup> {
    let count = ground.spec.user_groups;
    (1..=count)
        .map(|number| user_group(ground, chance, members, number))
        .collect()
}

fn user_group(ground: &Ground<'_>, chance: &mut Chance, members: &[Member], number: usize) -> UserGroup {
    let last = number == ground.spec.user_groups;
    let created_on = ground.spec.hours_ago(chance.hours(300));
    UserGroup {
        id: chance.id(),
        name: if last {
            "Not used yet".to_owned()
        } else {
            format!("Team {number}")
        },
        modified_on: created_on.clone(),
        policies: if last {
            Vec::new()
        } else {
            policies(ground, chance, number)
        },
        members: if last {
            Vec::new()
        } else {
            memberships(ground, chance, members, &created_on)
        },
        created_on,
        managed_by_scim: false,
    }
}

/// A domain role on zones for every other group, an account-wide role for the rest.
fn policies(ground: &Ground<'_>, chance: &mut Chance, number: usize) -> Vec<Policy> {
    let domains = ground.resource_groups.get(1);
    let role = chance.pick(&ground.catalogue.domain).cloned();
    match (domains, role) {
        (Some(place), Some(role)) if number % 2 == 1 => vec![policy(chance, Effect::Allow, &role, place)],
        _ => {
            let role = chance
                .pick(ground.catalogue.roles.get(1..).unwrap_or_default())
                .cloned();
            role.iter()
                .map(|role| ground.account_wide(chance, role))
                .collect()
        }
    }
}

/// A run of accepted members from a place of chance on.
fn memberships(
    ground: &Ground<'_>,
    chance: &mut Chance,
    members: &[Member],
    created_at: &str,
) -> Vec<GroupMembership> {
    let start = chance.below(members.len());
    let accepted = members
        .iter()
        .cycle()
        .skip(start)
        .take(members.len())
        .filter(|m| !m.is_pending());
    let chosen = accepted.take(ground.spec.group_members);
    chosen
        .map(|m| GroupMembership {
            member_id: m.id.clone(),
            created_at: created_at.to_owned(),
        })
        .collect()
}
