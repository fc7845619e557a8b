use super::*;
use crate::map::testing::{directory, render, sample};

#[test]
fn groups_pass_their_policies_on_to_who_is_in_them() {
    let groups: Vec<UserGroup> = sample("iam-user-groups-list.json");
    let records: Vec<Record> = groups
        .iter()
        .flat_map(|group| records(group, &directory()))
        .collect();
    insta::assert_snapshot!(render(&records));
}
