//! Resource groups: the places where policies hold, as resources.

use std::sync::Arc;

use cloudflare::types::{Access, PermissionGroup, ResourceGroup};
use model::{Entitlement, ObjectId, Profile, ProfileValue, Resource, ResourceId};

use super::place::{ALL, Place};
use super::policy;
use crate::names::Names;
use crate::types::RESOURCE_GROUP;

/// What the scope of the whole account is called.
pub(crate) const WHOLE_ACCOUNT: &str = "Whole account";

/// How many names a short text lists.
const NAMES_SHOWN: usize = 3;

/// The scope as a resource, named for people.
pub(crate) fn resource(group: &ResourceGroup, names: &Names) -> Resource {
    Resource::new(id(group), display_name(group, names)).with_profile(profile(group))
}

/// The id under which a scope is kept: Cloudflare's, or for a scope without one, what it covers.
pub(crate) fn id(group: &ResourceGroup) -> ResourceId {
    ResourceId::new(RESOURCE_GROUP, object_id(group))
}

/// Whether the scope is the whole account.
pub(crate) fn is_whole_account(group: &ResourceGroup) -> bool {
    kind(&keys(group)) == "account"
}

/// Whether the scope can only be named with the names of zones.
pub(crate) fn needs_zone_names(group: &ResourceGroup) -> bool {
    own_name(group).is_none() && keys(group).iter().any(|key| Place::parse(key).is_zone())
}

/// What can be held on a named scope that people maintain, whether or not anybody holds it.
pub(crate) fn offered(group: &ResourceGroup, resource: &Arc<Resource>, names: &Names) -> Vec<Entitlement> {
    if own_name(group).is_none() || !is_editable(group) {
        return Vec::new();
    }
    let wanted = match kind(&keys(group)) {
        "account" => return Vec::new(),
        kind => format!("com.cloudflare.api.account.{kind}"),
    };
    let fitting = |entry: &&PermissionGroup| {
        let meta = &entry.meta;
        meta.scopes.as_deref() == Some(&wanted) && meta.deprecated.as_deref() != Some("true")
    };
    let groups = names.permission_groups.iter().filter(fitting);
    groups
        .map(|entry| policy::entitlement(&Access::Allow, entry, resource, names))
        .collect()
}

fn object_id(group: &ResourceGroup) -> ObjectId {
    match group.id.as_str() {
        "" => keys(group).join("+").into(),
        id => id.into(),
    }
}

fn is_editable(group: &ResourceGroup) -> bool {
    group.meta.get("editable").and_then(|value| value.as_str()) == Some("true")
}

fn display_name(group: &ResourceGroup, names: &Names) -> String {
    match own_name(group) {
        Some(name) => name.to_owned(),
        None => describe(&keys(group), names),
    }
}

/// The name that people gave; Cloudflare names the groups that it makes by what they cover.
fn own_name(group: &ResourceGroup) -> Option<&str> {
    let name = group.name.as_deref()?;
    matches!(Place::parse(name), Place::Other(_)).then_some(name)
}

/// The keys of all objects covered, sorted; `*` stands for the scope itself.
fn keys(group: &ResourceGroup) -> Vec<&str> {
    let mut keys: Vec<&str> = Vec::new();
    for scope in &group.scope {
        if scope.objects.is_empty() {
            keys.push(&scope.key);
        }
        let objects = scope.objects.iter().map(|object| object.key.as_str());
        keys.extend(objects.map(|key| if key == ALL { scope.key.as_str() } else { key }));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The kind that all objects share, else `mixed`.
fn kind<'a>(keys: &[&'a str]) -> &'a str {
    let mut kinds = keys.iter().map(|key| Place::parse(key).kind());
    let first = kinds.next().unwrap_or("other");
    if kinds.all(|kind| kind == first) {
        first
    } else {
        "mixed"
    }
}

fn describe(keys: &[&str], names: &Names) -> String {
    let places: Vec<Place<'_>> = keys.iter().map(|key| Place::parse(key)).collect();
    match places.as_slice() {
        [] => "Nothing".to_owned(),
        [Place::Account(id)] if *id == names.account.as_str() => WHOLE_ACCOUNT.to_owned(),
        [Place::Within("zone", ALL)] => "All zones".to_owned(),
        [one] if one.is_zone() => one.name(names).to_owned(),
        [Place::Within(kind, id)] => format!("{kind} {id}"),
        [one] => one.describe(names),
        several => describe_several(kind(keys), several, names),
    }
}

/// Such as `5 zones: a, b, c and 2 more`.
fn describe_several(kind: &str, places: &[Place<'_>], names: &Names) -> String {
    let mut listed: Vec<&str> = places.iter().map(|place| place.name(names)).collect();
    listed.sort_unstable();
    let shown: Vec<&str> = listed.iter().take(NAMES_SHOWN).copied().collect();
    let noun = if matches!(kind, "mixed" | "other") {
        "object"
    } else {
        kind
    };
    let text = format!("{} {noun}s: {}", places.len(), shown.join(", "));
    match places.len().saturating_sub(NAMES_SHOWN) {
        0 => text,
        more => format!("{text} and {more} more"),
    }
}

fn profile(group: &ResourceGroup) -> Profile {
    let keys = keys(group);
    let adhoc = group.meta.get("adhoc").and_then(|value| value.as_str()) == Some("true");
    Profile::from([
        ("adhoc".to_owned(), adhoc.into()),
        ("objects".to_owned(), ProfileValue::texts(keys.iter().copied())),
        ("scope_kind".to_owned(), kind(&keys).into()),
    ])
}

#[cfg(test)]
mod tests;
