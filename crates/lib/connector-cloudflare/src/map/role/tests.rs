use super::*;
use crate::map::testing::{render, sample};

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
