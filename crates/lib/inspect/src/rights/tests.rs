use model::{Grant, Profile, Purpose, Resource, ResourceId};

use super::*;
use crate::fixture::{Records, entitlement};

#[test]
fn a_permission_on_the_whole_account_is_a_role() {
    let account = Resource::new(ResourceId::new("resource_group", "all"), "Whole account")
        .with_profile(Profile::from([("scope_kind".to_owned(), "account".into())]))
        .into();
    let right = Right::of(&entitlement(
        &account,
        "pg",
        "Billing on Whole account",
        Purpose::Permission,
    ));
    assert_eq!(
        (right.kind, right.phrase().as_str()),
        (RightKind::Role, "Billing")
    );
    assert_eq!(right.classes, [Class::Money]);
}

#[test]
fn a_denial_is_no_power() {
    let records = Records::company();
    let rights: Vec<Right> = records.entitlements.iter().map(Right::of).collect();
    let denial = rights
        .iter()
        .find(|right| right.kind == RightKind::Denial)
        .unwrap();
    assert_eq!(denial.phrase(), "Domain WAF on Production zones");
    assert!(denial.classes.is_empty());
}

#[test]
fn an_entitlement_without_a_record_is_told_from_its_grant() {
    let records = Records::company();
    let on = records.resources.last().unwrap().clone().into();
    let holding = Rights::default().holding(&Grant::new(on, "admin", ResourceId::new("user", "u1")));
    assert_eq!(holding.right.phrase(), "admin on shop.example.com");
    assert_eq!(holding.why(), "directly");
}
