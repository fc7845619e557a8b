//! The checklist from a token's own policies: complete, and without another call.

use std::collections::{BTreeMap, BTreeSet};

use cloudflare::types::{Access, AccountToken, TokenPolicy, TokenResource};
use cloudflare::{AccountId, Caller, Level, Permission};

use super::{Item, Needed, Purpose, State, needed};

const ACCOUNT: &str = "com.cloudflare.api.account.";
const ALL_ACCOUNTS: &str = "com.cloudflare.api.account.*";
const ZONE: &str = "com.cloudflare.api.account.zone.";
const ALL_ZONES: &str = "com.cloudflare.api.account.zone.*";
const USER: &str = "com.cloudflare.api.user.";

type Resources = BTreeMap<String, TokenResource>;

/// Whether every permission is named: an id alone says nothing to anybody.
pub(super) fn are_named(token: &AccountToken) -> bool {
    let mut groups = token.policies.iter().flat_map(|policy| &policy.permission_groups);
    groups.all(|group| group.name.is_some())
}

/// Whether the token is for this account at all.
pub(super) fn reach(token: &AccountToken, account: &AccountId) -> bool {
    let mut allowing = of(token, &Access::Allow);
    allowing.any(|policy| policy.resources.keys().any(|key| is_of(key, account)))
}

/// What the token has and has not, then what it has too much.
pub(super) fn items(
    token: &AccountToken,
    account: &AccountId,
    caller: &Caller,
    purpose: Purpose,
) -> Vec<Item> {
    let has_user = matches!(caller, Caller::UserToken(_));
    let applies = |needed: &&Needed| has_user || !needed.only_user_tokens;
    let needed: Vec<&Needed> = needed(purpose).iter().filter(applies).collect();
    let state = |needed: &Needed| {
        if has(token, account, needed.permission) {
            State::Present
        } else {
            State::Missing
        }
    };
    let mut items: Vec<Item> = needed
        .iter()
        .map(|needed| Item::new(needed, state(needed)))
        .collect();
    items.extend(excess(token, &needed));
    items.extend(elsewhere(token, account));
    items
}

/// Explicit denials come first: what is denied anywhere in the place is not there.
fn has(token: &AccountToken, account: &AccountId, permission: Permission) -> bool {
    permission.granted_by().iter().any(|name| {
        let names = |policy: &&TokenPolicy| group_names(policy).any(|group| group == *name);
        let allowed = of(token, &Access::Allow)
            .filter(names)
            .any(|policy| covers(&policy.resources, permission, account));
        let mut denied = of(token, &Access::Deny).filter(names);
        allowed && !denied.any(|policy| touches(&policy.resources, permission, account))
    })
}

/// Whether all that the permission is about is among the resources.
fn covers(resources: &Resources, permission: Permission, account: &AccountId) -> bool {
    resources.iter().any(|(key, extent)| match permission {
        Permission::ZoneRead => match extent {
            TokenResource::Within(parts) => is_account(key, account) && parts.contains_key(ALL_ZONES),
            _ => is_account(key, account) || key == ALL_ZONES,
        },
        Permission::UserDetailsRead => key.starts_with(USER),
        _ => is_account(key, account) && matches!(extent, TokenResource::Direct(_)),
    })
}

/// Whether something that the permission is about is among the resources.
fn touches(resources: &Resources, permission: Permission, account: &AccountId) -> bool {
    match permission {
        Permission::ZoneRead => resources.keys().any(|key| is_of(key, account)),
        _ => covers(resources, permission, account),
    }
}

fn is_account(key: &str, account: &AccountId) -> bool {
    key == ALL_ACCOUNTS || key.strip_prefix(ACCOUNT) == Some(account.as_str())
}

/// Whether a key is the account or something in it. Zones are named without their account.
fn is_of(key: &str, account: &AccountId) -> bool {
    is_account(key, account) || key.starts_with(ZONE)
}

/// What the token may do and need not.
fn excess(token: &AccountToken, needed: &[&Needed]) -> Vec<Item> {
    let mut seen = BTreeSet::new();
    let names = of(token, &Access::Allow).flat_map(group_names);
    names
        .filter(|name| seen.insert(*name) && !needed.iter().any(|needed| fits(name, needed)))
        .map(|name| Item::excess(in_dashboard(name), why(name, needed)))
        .collect()
}

/// Whether the permission is what is needed, and goes no further.
fn fits(name: &str, needed: &Needed) -> bool {
    needed.permission.granted_by().contains(&name) && level(name) <= needed.level()
}

fn why(name: &str, needed: &[&Needed]) -> String {
    let mut lower = needed.iter().map(|needed| needed.permission);
    match lower.find(|permission| permission.granted_by().contains(&name)) {
        Some(enough) => {
            format!("\"{enough}\" is enough: whoever gets hold of the token could change things with it")
        }
        None if level(name) == Level::Read => "nothing here needs it".to_owned(),
        None => {
            "nothing here needs it, and whoever gets hold of the token could change things with it".to_owned()
        }
    }
}

/// Other accounts that the token reaches.
fn elsewhere(token: &AccountToken, account: &AccountId) -> Option<Item> {
    let is_other = |key: &String| {
        let id = key.strip_prefix(ACCOUNT);
        id.is_some_and(|id| id != account.as_str() && !id.starts_with("zone."))
    };
    let mut keys = of(token, &Access::Allow).flat_map(|policy| policy.resources.keys());
    let why = "the token also reaches accounts other than this one: limit it to this account";
    keys.any(is_other).then(|| Item::excess("Other accounts", why))
}

fn of<'a>(token: &'a AccountToken, effect: &'a Access) -> impl Iterator<Item = &'a TokenPolicy> {
    token
        .policies
        .iter()
        .filter(move |policy| policy.effect == *effect)
}

fn group_names(policy: &TokenPolicy) -> impl Iterator<Item = &str> {
    policy
        .permission_groups
        .iter()
        .filter_map(|group| group.name.as_deref())
}

/// What is not only for reading is taken for the power to change something.
fn level(name: &str) -> Level {
    if name.ends_with(" Read") {
        Level::Read
    } else {
        Level::Edit
    }
}

/// The API's name of a permission in the dashboard's words.
fn in_dashboard(name: &str) -> String {
    match name.rsplit_once(' ') {
        Some((subject, "Write")) => format!("{subject}: Edit"),
        Some((subject, level @ ("Read" | "Revoke" | "Run"))) => format!("{subject}: {level}"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests;
