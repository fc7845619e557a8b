//! What holds whatever a member's policies are.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::map::testing::{ACCOUNT, blank, directory};

/// Legacy role id, name, permission group id; the first three are account-wide, the last two are for zones.
const GROUPS: [(Option<&str>, &str, &str); 5] = [
    (
        Some("05784afa30c1afe1440e79d9351c7430"),
        "Administrator",
        "d102b23b37d87af14e1b774dbdaacdd6",
    ),
    (
        Some("298ce8e7a2ba08b9d18ce0a32bb458ee"),
        "Billing",
        "4a14245435efd24a3b67b9037330b1b1",
    ),
    (None, "API Token Provisioning", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
    (None, "Domain DNS", "132c52e7e6654b999c183cfcbafd37d7"),
    (None, "Domain Administrator", "a5e5061418ea445fbba04aac57f359a8"),
];

/// Id, and the zones covered; none for the whole account.
const PLACES: [(&str, &[&str]); 4] = [
    ("e9b4114260d943826c2d18e21a640cf9", &[]),
    ("7edb78c3cdfd8e7cc5db1d2490801901", &["eb02", "f662"]),
    ("bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", &["cf37"]),
    ("", &["cf37", "eb02"]),
];

#[derive(Clone, Debug)]
struct Given {
    access: &'static str,
    groups: BTreeSet<usize>,
    places: BTreeSet<usize>,
}

fn policies() -> impl Strategy<Value = Vec<Given>> {
    let some = |below: usize| prop::collection::btree_set(0..below, 1..3);
    let access = prop::sample::select(vec!["allow", "allow", "deny", "audit"]);
    let policy =
        (access, some(GROUPS.len()), some(PLACES.len())).prop_map(|(access, groups, places)| Given {
            access,
            groups,
            places,
        });
    prop::collection::vec(policy, 0..5)
}

fn place(index: usize) -> Value {
    let (id, zones) = PLACES[index];
    let objects: Vec<Value> = zones
        .iter()
        .map(|zone| json!({ "key": format!("com.cloudflare.api.account.zone.{zone}") }))
        .collect();
    let whole = vec![json!({ "key": "*" })];
    let objects = if zones.is_empty() { whole } else { objects };
    json!({
        "id": id,
        "scope": { "key": format!("com.cloudflare.api.account.{ACCOUNT}"), "objects": objects },
    })
}

/// The member as Cloudflare would show it: roles are derived from what the policies allow.
fn member(status: &str, given: &[Given]) -> Member {
    let policies = given.iter().map(|policy| {
        let groups = policy.groups.iter().map(|group| {
            let (_, name, id) = GROUPS[*group];
            json!({ "id": id, "name": name })
        });
        json!({
            "access": policy.access,
            "permission_groups": groups.collect::<Vec<_>>(),
            "resource_groups": policy.places.iter().map(|index| place(*index)).collect::<Vec<_>>(),
        })
    });
    let roles = given
        .iter()
        .filter(|policy| policy.access == "allow")
        .flat_map(|policy| {
            let whole = policy.places.contains(&0);
            policy.groups.iter().map(move |group| {
                let (role, name, id) = GROUPS[*group];
                json!({ "id": role.filter(|_| whole).unwrap_or(id), "name": name })
            })
        });
    serde_json::from_value(json!({
        "id": "c0000000000000000000000000000001",
        "email": "someone@example.com",
        "user": { "id": "d0000000000000000000000000000001" },
        "status": status,
        "roles": roles.collect::<Vec<_>>(),
        "policies": policies.collect::<Vec<_>>(),
    }))
    .unwrap()
}

/// What the policies amount to, worked out another way: role names, or access, permission group and place.
fn expected(given: &[Given]) -> BTreeSet<(String, String, String)> {
    let mut held = BTreeSet::new();
    for policy in given {
        for group in &policy.groups {
            let (role, _, id) = GROUPS[*group];
            for index in &policy.places {
                let mirror = role.filter(|_| policy.access == "allow" && *index == 0);
                held.insert(match mirror {
                    Some(role) => ("role".to_owned(), role.to_owned(), String::new()),
                    None => (policy.access.to_owned(), id.to_owned(), index.to_string()),
                });
            }
        }
    }
    held
}

fn grant_ids(records: &[Record]) -> Vec<String> {
    let ids = records.iter().filter_map(|record| match record {
        Record::Grant(grant) => Some(grant.id.to_string()),
        _ => None,
    });
    ids.collect()
}

fn id_of(held: &(String, String, String)) -> String {
    let (access, group, index) = held;
    let user = "user:d0000000000000000000000000000001";
    let deny = match access.as_str() {
        "role" => return format!("role:{group}:member:{user}"),
        "allow" => String::new(),
        other => format!("{other}-"),
    };
    let (place, zones) = PLACES[index.parse::<usize>().unwrap()];
    let keys: Vec<String> = zones
        .iter()
        .map(|zone| format!("com.cloudflare.api.account.zone.{zone}"))
        .collect();
    let place = if place.is_empty() {
        keys.join("+")
    } else {
        place.to_owned()
    };
    format!("resource_group:{place}:{deny}{group}:{user}")
}

proptest! {
    #[test]
    fn everything_given_is_granted_exactly_once(given in policies(), listed in any::<bool>()) {
        let directory = if listed { directory() } else { blank() };
        let mut ids = grant_ids(&records(&member("accepted", &given), &directory));
        ids.sort();
        let mut wanted: Vec<String> = expected(&given).iter().map(id_of).collect();
        wanted.sort();
        prop_assert_eq!(ids, wanted);
    }

    #[test]
    fn who_has_not_accepted_is_granted_nothing(given in policies(), status in "pending|rejected|[a-z]{1,8}") {
        prop_assume!(status != "accepted");
        let records = records(&member(&status, &given), &directory());
        prop_assert!(grant_ids(&records).is_empty());
        prop_assert_eq!(records.len(), 1);
    }

    #[test]
    fn no_id_means_two_things(given in policies()) {
        let mut seen = BTreeMap::new();
        for record in records(&member("accepted", &given), &blank()) {
            let id = match &record {
                Record::Resource(resource) => format!("resource {}", resource.id),
                Record::Entitlement(entitlement) => format!("entitlement {}", entitlement.id),
                Record::Grant(grant) => format!("grant {}", grant.id),
            };
            if let Some(before) = seen.insert(id, record.clone()) {
                prop_assert_eq!(before, record);
            }
        }
    }

    #[test]
    fn a_grant_stands_on_what_came_before_it(given in policies()) {
        let mut there = BTreeSet::new();
        for record in records(&member("accepted", &given), &blank()) {
            match record {
                Record::Resource(resource) => { there.insert(resource.id.to_string()); }
                Record::Entitlement(entitlement) => {
                    prop_assert!(there.contains(&entitlement.resource.id.to_string()));
                    there.insert(entitlement.id.to_string());
                }
                Record::Grant(grant) => {
                    prop_assert!(there.contains(grant.entitlement.as_str()));
                    prop_assert!(there.contains(&grant.principal.to_string()));
                }
            }
        }
    }
}
