//! Policies as sets of pairs, each a permission group in one place. Pure.

use std::collections::BTreeSet;

use cloudflare::types::{PermissionGroup, Policy, ResourceGroup};

use crate::map::policy::Permission;
use crate::map::scope;

fn pairs(policy: &Policy) -> impl Iterator<Item = Permission<'_>> {
    policy.permission_groups.iter().flat_map(move |group| {
        policy.resource_groups.iter().map(move |place| Permission {
            access: &policy.access,
            group,
            place,
        })
    })
}

/// What pairs are told from each other by, with the fields of their policy that this version does not know.
pub(crate) fn keys(policies: &[Policy]) -> BTreeSet<[String; 4]> {
    let keys = policies.iter().flat_map(|policy| {
        let other = serde_json::to_string(&policy.other).unwrap_or_default();
        pairs(policy).map(move |pair| {
            let place = scope::id(pair.place).object.to_string();
            [
                pair.access.to_string(),
                pair.group.id.to_string(),
                place,
                other.clone(),
            ]
        })
    });
    keys.collect()
}

/// The policies without some of their pairs. A policy whose other pairs stay keeps its id and all it says beside.
pub(crate) fn without(policies: &[Policy], gone: impl Fn(&Permission<'_>) -> bool) -> Vec<Policy> {
    policies.iter().flat_map(|policy| split(policy, &gone)).collect()
}

/// A policy covers every permission group in every place; without some pairs it can take several to say the rest.
fn split(policy: &Policy, gone: &impl Fn(&Permission<'_>) -> bool) -> Vec<Policy> {
    if !pairs(policy).any(|pair| gone(&pair)) {
        return vec![policy.clone()];
    }
    let mut parts: Vec<(Vec<PermissionGroup>, Vec<ResourceGroup>)> = Vec::new();
    for group in &policy.permission_groups {
        let left = |place: &&ResourceGroup| {
            !gone(&Permission {
                access: &policy.access,
                group,
                place,
            })
        };
        let places: Vec<ResourceGroup> = policy.resource_groups.iter().filter(left).cloned().collect();
        match parts.iter_mut().find(|(_, same)| *same == places) {
            _ if places.is_empty() => {}
            Some((groups, _)) => groups.push(group.clone()),
            None => parts.push((vec![group.clone()], places)),
        }
    }
    let mut id = policy.id.clone();
    let part = |(permission_groups, resource_groups)| Policy {
        id: id.take(),
        access: policy.access.clone(),
        permission_groups,
        resource_groups,
        other: policy.other.clone(),
    };
    parts.into_iter().map(part).collect()
}

#[cfg(test)]
mod tests;
