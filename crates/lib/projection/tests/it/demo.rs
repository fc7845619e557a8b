//! The demo's account as rows.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use governance::access::{AccessGrant, AccessResource, AccessRows};
use serde_json::Value;

use crate::world::{demo_account, rows};

/// The ids under a key of the canonical content.
fn ids(content: &Value, kind: &str, pointer: &str) -> BTreeSet<String> {
    let records = content[kind].as_array().unwrap().iter();
    let ids = records.map(|record| record.pointer(pointer).unwrap().as_str().unwrap().to_owned());
    ids.collect()
}

#[tokio::test]
async fn every_record_is_a_row_under_its_own_id() {
    let file = demo_account().await;
    let content = testkit::canonical(&file.path).unwrap();
    let [mut types, mut objects, mut entitlements, mut grants] = [const { BTreeSet::new() }; 4];
    let mut count = 0;
    for some in rows(&file.path, &file.sync) {
        match some {
            AccessRows::Types(all) => types.extend(all.iter().map(|one| one.id.to_string())),
            AccessRows::Resources(all) => objects.extend(all.iter().map(|one| one.id.object.to_string())),
            AccessRows::Entitlements(all) => entitlements.extend(all.iter().map(|one| one.id.to_string())),
            AccessRows::Grants(all) => {
                count += all.len();
                grants.extend(all.iter().map(|one| one.id.to_string()));
            }
        }
    }
    assert_eq!(types, ids(&content, "resourceTypes", "/id"));
    assert_eq!(objects, ids(&content, "resources", "/id/resource"));
    assert_eq!(entitlements, ids(&content, "entitlements", "/id"));
    assert_eq!(grants, ids(&content, "grants", "/grant/id"));
    assert_eq!(count, content["grants"].as_array().unwrap().len());
}

fn resources(all: &[AccessRows]) -> impl Iterator<Item = &AccessResource> {
    all.iter().flat_map(|some| match some {
        AccessRows::Resources(some) => some.as_slice(),
        _ => &[],
    })
}

#[tokio::test]
async fn people_invitations_and_tokens_tell_what_matters() {
    let file = demo_account().await;
    let rows = rows(&file.path, &file.sync);
    let mut told = String::new();
    let mut seen = BTreeSet::new();
    for one in resources(&rows) {
        // Three of each type say it all.
        let few = (0..3).any(|number| seen.insert((one.id.resource_type.clone(), number)));
        if few {
            let day = |time: Option<chrono::DateTime<chrono::Utc>>| {
                time.map_or("-".to_owned(), |time| time.format("%Y-%m-%d").to_string())
            };
            writeln!(
                told,
                "{:?} {} <{}> {:?} {:?} factor={:?} used={} made={} until={}",
                one.kind,
                one.name,
                one.email,
                one.lifecycle,
                one.status,
                one.second_factor,
                day(one.last_used_at),
                day(one.created_at),
                day(one.expires_at),
            )
            .unwrap();
        }
    }
    insta::assert_snapshot!(told, @r#"
    Role Super Administrator - All Privileges <> Unspecified "" factor=None used=- made=- until=-
    Role Administrator <> Unspecified "" factor=None used=- made=- until=-
    Role Administrator Read Only <> Unspecified "" factor=None used=- made=- until=-
    Other Whole account <> Unspecified "" factor=None used=- made=- until=-
    Other Production domains <> Unspecified "" factor=None used=- made=- until=-
    Other Staging domains <> Unspecified "" factor=None used=- made=- until=-
    Group DNS operators <> Unspecified "" factor=None used=- made=2026-04-27 until=-
    Group Platform admins <> Unspecified "" factor=None used=- made=2025-07-31 until=-
    Group Auditors <> Unspecified "" factor=None used=- made=2025-11-23 until=-
    User Ada Moreau <ada.moreau@example.com> Enabled "Accepted" factor=Some(true) used=- made=- until=-
    User agency.dns@example.com <agency.dns@example.com> Enabled "Pending" factor=None used=- made=- until=-
    User Amara Diallo <amara.diallo@example.com> Enabled "Accepted" factor=Some(false) used=- made=- until=-
    User Arjun Mehta <arjun.mehta@example.com> Enabled "Accepted" factor=Some(true) used=- made=- until=-
    User intern.2026@example.com <intern.2026@example.com> Enabled "Pending" factor=None used=- made=- until=-
    User lena.fischer@example.com <lena.fischer@example.com> Enabled "Pending" factor=None used=- made=- until=-
    Secret access review <> Enabled "active" factor=None used=2026-11-23 made=2026-10-24 until=2027-10-24
    Secret ci deploy <> Enabled "active" factor=None used=2026-11-23 made=2025-11-08 until=2027-01-02
    Secret terraform <> Enabled "active" factor=None used=2026-11-22 made=2025-02-21 until=-
    "#);
}

#[tokio::test]
async fn what_comes_through_a_group_says_so() {
    let file = demo_account().await;
    let rows = rows(&file.path, &file.sync);
    let grants: Vec<&AccessGrant> = rows
        .iter()
        .flat_map(|some| match some {
            AccessRows::Grants(some) => some.iter().collect(),
            _ => Vec::new(),
        })
        .collect();
    let (direct, inherited): (Vec<_>, Vec<_>) = grants.into_iter().partition(|one| one.direct);
    assert!(!direct.is_empty() && !inherited.is_empty());
    for one in inherited {
        let through_group = |id: &model::EntitlementId| id.as_str().starts_with("user_group:");
        assert!(one.sources.keys().all(through_group), "{one:?}");
        assert!(!one.sources.is_empty() && one.immutable, "{one:?}");
    }
    assert!(direct.iter().all(|one| !one.immutable));
}

#[tokio::test]
async fn attributes_are_json_in_key_order() {
    let file = demo_account().await;
    let rows = rows(&file.path, &file.sync);
    let user = resources(&rows)
        .find(|one| one.id.resource_type.as_str() == "user")
        .unwrap();
    let profile: Value = serde_json::from_str(&user.profile).unwrap();
    let keys: Vec<&String> = profile.as_object().unwrap().keys().collect();
    assert!(keys.is_sorted(), "{keys:?}");
    assert_eq!(profile["email"], user.email.as_str());
}
