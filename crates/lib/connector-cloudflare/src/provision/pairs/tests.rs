use std::collections::BTreeSet;

use cloudflare::types::{Access, PermissionGroup, Policy, ResourceGroup};
use cloudflare::{PermissionGroupId, PolicyId, ResourceGroupId};
use proptest::prelude::*;
use serde_json::{Map, json};

use super::*;

fn policy(id: usize, access: Access, groups: &[u8], places: &[u8], odd: bool) -> Policy {
    let group = |name: &u8| PermissionGroup::new(PermissionGroupId::new(format!("g{name}")), None);
    let place = |name: &u8| ResourceGroup::new(ResourceGroupId::new(format!("r{name}")), None);
    let mut other = Map::new();
    if odd {
        other.insert("later".to_owned(), json!([id]));
    }
    Policy {
        id: Some(PolicyId::new(format!("p{id}"))),
        access,
        permission_groups: groups.iter().map(group).collect(),
        resource_groups: places.iter().map(place).collect(),
        other,
    }
}

fn policies() -> impl Strategy<Value = Vec<Policy>> {
    let names = || prop::collection::btree_set(0..4_u8, 1..4);
    let access = prop_oneof![4 => Just(Access::Allow), 1 => Just(Access::Deny)];
    let parts = prop::collection::vec((access, names(), names(), any::<bool>()), 0..4);
    parts.prop_map(|parts| {
        let parts = parts.into_iter().enumerate();
        let policy =
            |(id, (access, groups, places, odd)): (usize, (Access, BTreeSet<u8>, BTreeSet<u8>, bool))| {
                let (groups, places): (Vec<u8>, Vec<u8>) =
                    (groups.into_iter().collect(), places.into_iter().collect());
                policy(id, access, &groups, &places, odd)
            };
        parts.map(policy).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Taking pairs away takes these and nothing else, with whatever their policies say beside.
    #[test]
    fn what_is_not_taken_stays(policies in policies(), group in 0..4_u8, place in 0..4_u8) {
        let (group, place) = (format!("g{group}"), format!("r{place}"));
        let gone = |pair: &Permission<'_>| {
            *pair.access == Access::Allow && pair.group.id.as_str() == group && pair.place.id.as_str() == place
        };
        let left = without(&policies, gone);
        let mut expected = keys(&policies);
        expected.retain(|key| !(key[0] == "allow" && key[1] == group && key[2] == place));
        prop_assert_eq!(keys(&left), expected);
        prop_assert!(left.iter().all(|policy| !policy.permission_groups.is_empty() && !policy.resource_groups.is_empty()));
        let ids: Vec<&PolicyId> = left.iter().filter_map(|policy| policy.id.as_ref()).collect();
        let distinct: BTreeSet<&PolicyId> = ids.iter().copied().collect();
        prop_assert_eq!(ids.len(), distinct.len(), "no two policies may have one id");
        prop_assert!(policies.iter().all(|policy| left.contains(policy) || pairs(policy).any(|pair| gone(&pair))));
    }
}

#[test]
fn a_policy_over_several_things_is_split_only_as_far_as_it_must() {
    let whole = policy(0, Access::Allow, &[1, 2], &[1, 2], true);
    let left = without(std::slice::from_ref(&whole), |pair| {
        pair.group.id.as_str() == "g1" && pair.place.id.as_str() == "r1"
    });
    let expected = [
        policy(0, Access::Allow, &[1], &[2], true),
        Policy {
            id: None,
            ..policy(0, Access::Allow, &[2], &[1, 2], true)
        },
    ];
    assert_eq!(left, expected);
}
