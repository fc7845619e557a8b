use super::*;
use crate::map::testing::{blank, directory, render, sample};

fn listed() -> Vec<Role> {
    sample("roles-page-1-of-2.json")
}

#[test]
fn the_super_administrator_is_there_once_whether_listed_or_not() {
    let count = |roles: Vec<Role>| {
        let all = with_super_administrator(roles);
        all.iter()
            .filter(|role| role.id.as_str() == SUPER_ADMINISTRATOR)
            .count()
    };
    assert_eq!(count(listed()), 1);
    assert_eq!(count([listed(), listed()].concat()), 1);
    assert_eq!(count(listed().split_off(1)), 1);
    assert_eq!(count(Vec::new()), 1);
}

#[test]
fn a_role_is_a_resource_with_one_entitlement() {
    let role = Arc::new(resource(&listed()[1]));
    let records = [
        connector::Record::Resource(Resource::clone(&role)),
        connector::Record::Entitlement(entitlement(&role)),
    ];
    insta::assert_snapshot!(render(&records));
}

#[test]
fn permission_groups_stand_in_for_a_list_that_is_gone() {
    let groups: Vec<PermissionGroup> = sample("iam-permission-groups-list.json");
    let roles: Vec<(String, String)> = from_permission_groups(&groups)
        .into_iter()
        .map(|role| (role.id.to_string(), role.name))
        .collect();
    insta::assert_debug_snapshot!(roles);
}

#[test]
fn a_role_without_a_name_is_named_from_the_table_or_by_its_id() {
    let named = |id: &str| name(&known(id, "", None)).to_owned();
    assert_eq!(named("298ce8e7a2ba08b9d18ce0a32bb458ee"), "Billing");
    assert_eq!(named("0123"), "0123");
}

/// A member who is said to have the role `id`, with the policies of a sample.
fn having(id: &str, policies: bool) -> Member {
    let mut member: Member = sample("member-get-domain-policies.json");
    member.roles = vec![known(id, "Domain DNS", None)];
    if !policies {
        member.policies.clear();
    }
    member
}

/// A permission group of the sample's policies.
fn scoped_group() -> String {
    let member: Member = sample("member-get-domain-policies.json");
    member.policies[0].permission_groups[0].id.to_string()
}

#[test]
fn a_role_derived_from_a_user_groups_policy_is_none() {
    let inherits = having(&scoped_group(), false);
    assert_eq!(real(&inherits, &directory()).count(), 0);
}

#[test]
fn a_role_found_before_an_interruption_is_not_listed_after_it() {
    let group = scoped_group();
    let (inherits, holds) = (having(&group, false), having(&group, true));
    assert_eq!(real(&holds, &blank()).count(), 0);
    let (found, new) = blank().role(&inherits.roles[0]);
    assert!(new.is_some());
    let resumed = blank().with_roles([found]);
    assert_eq!(real(&holds, &resumed).count(), 0);
    assert_eq!(real(&inherits, &resumed).count(), 1, "nothing tells what it is");
}

#[test]
fn a_listed_role_counts_whatever_its_id() {
    let group = scoped_group();
    let holds = having(&group, true);
    let listed = directory().with_roles([Arc::new(resource(&holds.roles[0]))]);
    assert_eq!(real(&holds, &listed).count(), 1);
}
