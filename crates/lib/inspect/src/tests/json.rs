use c1z::SyncKind;
use serde_json::{Value, json};

use super::*;
use crate::fixture::Records;
use crate::fixture::file::sync_id;
use crate::{Held, Sides};

fn of_company(topic: Topic) -> Value {
    ask_json(&File::of_company().path(), topic)
}

#[test]
fn an_empty_list_is_an_empty_object() {
    let empty = Records {
        types: Vec::new(),
        resources: Vec::new(),
        entitlements: Vec::new(),
        grants: Vec::new(),
    };
    let file = File::new().with(&SyncKind::Full, &empty);
    let topics = [
        Topic::ResourceTypes,
        Topic::Resources(None),
        Topic::Entitlements(None),
        Topic::Grants(Held::default()),
        Topic::Principals(Held::default()),
        Topic::Findings,
        Topic::Check,
    ];
    for topic in topics {
        assert_eq!(ask_json(&file.path(), topic), json!({}));
    }
}

#[test]
fn a_token_has_the_readers_shape() {
    let listed = of_company(Topic::Resources(Some("api_token".into())));
    let first = &listed["resources"][0];
    assert_eq!(
        first["resource"],
        json!({
            "id": {"resourceType": "api_token", "resource": "tok1"},
            "displayName": "ci-deploy",
            "annotations": [{
                "@type": "type.googleapis.com/c1.connector.v2.SecretTrait",
                "lastUsedAt": "2026-03-01T00:00:00Z",
                "createdById": {"resourceType": "user", "resource": "ada"},
                "credentialType": "CREDENTIAL_TYPE_STATIC_SECRET",
                "credentialDetail": "cloudflare.account_api_token",
            }],
            "profile": {
                "created_by": "ada@example.com",
                "policies": ["allow Workers Scripts Write on the whole account"],
                "status": "active",
            },
            "createdAt": "2024-01-01T03:04:05Z",
        })
    );
    assert_eq!(
        first["resourceType"],
        json!({"id": "api_token", "displayName": "API Token", "traits": ["TRAIT_SECRET"]})
    );
}

#[test]
fn grants_carry_both_ends_whole() {
    let listed = of_company(Topic::Grants(Held {
        entitlement: Some("role:r-dns:member".into()),
        ..Held::default()
    }));
    let grants = listed["grants"].as_array().unwrap();
    assert_eq!(grants.len(), 1);
    assert_eq!(grants[0]["grant"]["id"], "role:r-dns:member:user:carol");
    assert_eq!(grants[0]["entitlement"]["displayName"], "DNS Member Role");
    assert_eq!(grants[0]["resource"]["displayName"], "DNS");
    assert_eq!(grants[0]["resourceType"]["id"], "role");
    assert_eq!(grants[0]["principal"]["displayName"], "Carol Sørensen");
}

#[test]
fn entitlements_and_principals_have_their_parts() {
    let entitlement = &of_company(Topic::Entitlements(Some("role".into())))["entitlements"][0];
    for part in ["entitlement", "resource", "resourceType"] {
        assert!(entitlement[part].is_object(), "{part}");
    }
    let principals = of_company(Topic::Principals(Held {
        resource: Some(model::ResourceId::new("role", "r-super")),
        ..Held::default()
    }));
    let names: Vec<_> = principals["resources"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["resource"]["displayName"])
        .collect();
    assert_eq!(names, ["Ada Lovelace", "Bob Byte"]);
}

#[test]
fn access_is_by_resource() {
    let access = of_company(Topic::Access("carol".to_owned()));
    assert_eq!(access["principal"]["id"]["resource"], "carol");
    let places: Vec<_> = access["access"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            (
                entry["resource"]["displayName"].as_str().unwrap(),
                entry["entitlements"].as_array().unwrap().len(),
            )
        })
        .collect();
    assert_eq!(places, [("DNS", 1), ("Platform", 1), ("Production zones", 1)]);
}

#[test]
fn syncs_and_stats_have_the_readers_shape() {
    let syncs = of_company(Topic::Syncs);
    assert_eq!(syncs["syncs"][0]["id"], sync_id(1).as_str());
    assert_eq!(syncs["syncs"][0]["startedAt"], "2026-11-23T12:00:00Z");
    assert_eq!(syncs["syncs"][0]["endedAt"], "2026-11-23T12:00:01.420Z");
    assert_eq!(syncs["syncs"][0]["syncType"], "full");
    let stats = of_company(Topic::Stats);
    assert_eq!(
        stats["stats"],
        json!({
            "resourceTypes": "6", "resources": "17", "entitlements": "6", "grants": "10",
            "resourcesByResourceType":
                {"api_token": "3", "invitation": "2", "resource_group": "2", "role": "2", "user": "7", "user_group": "1"},
            "grantsByResourceType": {"resource_group": "5", "role": "3", "user_group": "2"},
            "entitlementsByResourceType": {"resource_group": "3", "role": "2", "user_group": "1"},
        })
    );
}

#[test]
fn differences_name_what_was_created_deleted_and_modified() {
    let mut later = Records::company();
    later
        .resources
        .retain(|resource| resource.id.object.as_str() != "erin");
    later.resources[0].display_name = "Ada King".to_owned();
    later.grants.truncate(1);
    let file = File::of_company().with(&SyncKind::Full, &later);
    let diff = ask_json(&file.path(), Topic::Diff(Sides::default()));
    assert_eq!(diff["resources"]["deleted"][0]["id"]["resource"], "erin");
    assert_eq!(diff["resources"]["modified"][0]["displayName"], "Ada King");
    assert_eq!(diff["grants"]["deleted"].as_array().unwrap().len(), 9);
    assert_eq!(diff["entitlements"], json!({}));
}

#[test]
fn findings_say_whom_and_why() {
    let found = of_company(Topic::Findings);
    let first = &found["findings"][0];
    assert_eq!(first["code"], "super-administrator-without-2fa");
    assert_eq!(first["severity"], "high");
    assert_eq!(
        first["subjects"][0]["id"],
        json!({"resourceType": "user", "resource": "bob"})
    );
    assert!(!first["why"].as_str().unwrap().is_empty());
}
