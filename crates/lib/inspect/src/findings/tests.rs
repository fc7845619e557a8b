use std::fmt::Write;

use super::*;
use crate::fixture::{self, Records};

fn told(account: &Account) -> String {
    let mut text = String::new();
    for finding in findings(account, fixture::moment()) {
        writeln!(
            text,
            "{} [{}] {}",
            finding.severity.as_str(),
            finding.code,
            finding.title
        )
        .unwrap();
        for subject in finding.subjects {
            writeln!(
                text,
                "    {}: {:?} {:?}",
                subject.id, subject.name, subject.detail
            )
            .unwrap();
        }
    }
    text
}

#[test]
fn a_company_has_these() {
    insta::assert_snapshot!(told(&Records::company().account()));
}

#[test]
fn an_empty_account_has_none() {
    assert!(findings(&Account::default(), fixture::moment()).is_empty());
}

#[test]
fn resources_alone_do_not_make_everybody_idle() {
    let mut records = Records::company();
    records.grants.clear();
    let found = findings(&records.account(), fixture::moment());
    assert!(
        found
            .iter()
            .all(|finding| finding.code != "member-without-access")
    );
}

#[test]
fn five_super_administrators_are_many() {
    let mut records = Records::company();
    let role = records
        .resources
        .iter()
        .find(|resource| resource.id.object.as_str() == "r-super")
        .unwrap()
        .clone();
    for name in ["carol", "erin", "yuki"] {
        let grant = model::Grant::new(
            std::sync::Arc::new(role.clone()),
            "member",
            ResourceId::new("user", name),
        );
        records.grants.push(grant);
    }
    let found = findings(&records.account(), fixture::moment());
    assert!(
        found
            .iter()
            .any(|finding| finding.code == "many-super-administrators")
    );
}
