use super::*;
use crate::map::testing::{ACCOUNT, names, sample};

fn group(name: Option<&str>, key: &str, objects: &[&str]) -> ResourceGroup {
    let objects: Vec<_> = objects
        .iter()
        .map(|key| serde_json::json!({ "key": key }))
        .collect();
    serde_json::from_value(serde_json::json!({
        "id": "g1", "name": name, "scope": { "key": key, "objects": objects }
    }))
    .unwrap()
}

fn zone(letter: char) -> String {
    format!("com.cloudflare.api.account.zone.{letter}")
}

fn account() -> String {
    format!("com.cloudflare.api.account.{ACCOUNT}")
}

#[test]
fn scopes_are_named_for_people() {
    let list: Vec<ResourceGroup> = sample("iam-resource-groups-list.json");
    let named: Vec<String> = list
        .iter()
        .map(|group| resource(group, &names()).display_name)
        .collect();
    assert_eq!(
        named,
        [
            "Whole account",
            "Production domains",
            "Staging domains",
            "staging.example.com"
        ]
    );
}

#[test]
fn unnamed_scopes_say_what_they_cover() {
    let four: Vec<String> = "dbca".chars().map(zone).collect();
    let four: Vec<&str> = four.iter().map(String::as_str).collect();
    let worker = "com.cloudflare.api.account.worker.w1";
    let cases = [
        (&four[..1], "d"),
        (&four[..3], "3 zones: b, c, d"),
        (&four[..], "4 zones: a, b, c and 1 more"),
        (&["com.cloudflare.api.account.zone.*"][..], "All zones"),
        (&[worker][..], "worker w1"),
        (&[worker, four[0]][..], "2 objects: d, w1"),
        (&["*"][..], "Whole account"),
        (&[][..], "Whole account"),
    ];
    for (objects, text) in cases {
        let group = group(None, &account(), objects);
        assert_eq!(resource(&group, &names()).display_name, text);
    }
}

#[test]
fn only_what_needs_names_of_zones_asks_for_them() {
    assert!(needs_zone_names(&group(None, &account(), &[&zone('a')])));
    assert!(needs_zone_names(&group(Some(&zone('a')), &zone('a'), &["*"])));
    assert!(!needs_zone_names(&group(
        Some("Shops"),
        &account(),
        &[&zone('a')]
    )));
    assert!(!needs_zone_names(&group(None, &account(), &["*"])));
}

#[test]
fn a_scope_without_id_is_kept_by_what_it_covers() {
    let without_id = |zones: &str| -> ResourceGroup {
        let objects: Vec<_> = zones
            .chars()
            .map(|letter| serde_json::json!({ "key": zone(letter) }))
            .collect();
        let scope = serde_json::json!({ "key": account(), "objects": objects });
        serde_json::from_value(serde_json::json!({ "scope": scope })).unwrap()
    };
    let (one, other) = (without_id("ba"), without_id("aba"));
    assert_eq!(id(&one), id(&other));
    assert_eq!(id(&one).object.as_str(), format!("{}+{}", zone('a'), zone('b')));
}

#[test]
fn what_fits_is_offered_on_scopes_that_people_maintain() {
    let offers = |name: &str| {
        let list: Vec<ResourceGroup> = sample("iam-resource-groups-list.json");
        let group = list
            .iter()
            .find(|group| group.name.as_deref() == Some(name))
            .unwrap();
        let resource = Arc::new(resource(group, &names()));
        let offered = offered(group, &resource, &names());
        offered
            .into_iter()
            .map(|offer| offer.display_name)
            .collect::<Vec<_>>()
    };
    insta::assert_debug_snapshot!(offers("Production domains"));
    assert_eq!(offers(&account()), [""; 0]);
}
