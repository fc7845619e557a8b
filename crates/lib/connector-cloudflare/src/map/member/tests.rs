use super::*;
use crate::map::testing::{blank, directory, render, sample};

fn shown(file: &str) -> String {
    render(&records(&sample(file), &directory()))
}

#[test]
fn a_super_administrator_holds_the_role_and_nothing_twice() {
    insta::assert_snapshot!(shown("member-get-super-administrator.json"));
}

#[test]
fn scoped_policies_are_grants_and_derived_roles_are_not() {
    insta::assert_snapshot!(shown("member-get-domain-policies.json"));
}

#[test]
fn denied_is_told_from_allowed() {
    insta::assert_snapshot!(shown("member-get-deny-policy.json"));
}

#[test]
fn a_scope_that_no_list_has_comes_with_its_member() {
    insta::assert_snapshot!(shown("member-get-worker-scoped-policy.json"));
}

#[test]
fn an_old_answer_without_policies_has_roles() {
    insta::assert_snapshot!(shown("member-get-legacy-shape.json"));
}

#[test]
fn roles_that_no_list_has_come_with_their_member() {
    let records = records(&sample("member-get-several-roles.json"), &blank());
    insta::assert_snapshot!(render(&records));
}

#[test]
fn an_invitation_shows_what_waits_and_holds_nothing() {
    insta::assert_snapshot!(shown("member-get-pending-no-user-id.json"));
}

#[test]
fn every_form_of_an_invitation_is_the_same() {
    for form in ["null-user-id", "zero-user-id", "no-user-id"] {
        let member: Member = sample(&format!("member-get-pending-{form}.json"));
        let records = records(&member, &directory());
        let [Record::Resource(resource)] = records.as_slice() else {
            panic!("{form}: {records:?}");
        };
        assert_eq!(resource.id.to_string(), format!("invitation:{}", member.id));
    }
}

#[test]
fn people_without_a_name_are_called_by_their_address() {
    let mut member: Member = sample("member-get-super-administrator.json");
    member.user.first_name = Some(" ".to_owned());
    member.user.last_name = None;
    let id = member.user.id.clone().unwrap();
    assert_eq!(user::resource(&member, &id).display_name, member.email);
}

#[test]
fn who_has_not_accepted_holds_nothing() {
    let mut member: Member = sample("member-get-super-administrator.json");
    for status in ["rejected", "suspended"] {
        member.status = status.into();
        let records = records(&member, &directory());
        let [Record::Resource(resource)] = records.as_slice() else {
            panic!("{records:?}");
        };
        let status = resource.status.as_ref().unwrap();
        assert_eq!(status.lifecycle, model::Lifecycle::Disabled);
    }
}
