//! Whole accounts: what stands in the file is what stands in the account.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use model::ProfileValue;

use crate::support::{File, connector, simulate, small, sync, sync_in_pieces};
use chrono::{TimeZone, Utc};
use cloudflare_sim::state::{Effect, Member, PermissionGroup, Policy};
use cloudflare_sim::{Running, demo};
use connector_cloudflare::types::{INVITATION, ROLE, USER, USER_GROUP};

/// The grants that the state of the simulator amounts to.
fn expected(sim: &Running) -> BTreeSet<String> {
    sim.read(|state| {
        let accepted = state.members.iter().filter(|member| !member.is_pending());
        let mut grants: BTreeSet<String> = accepted.clone().flat_map(of_member).collect();
        for group in &state.user_groups {
            grants.extend(of_policies(
                &group.policies,
                &format!("user_group:{}", group.id),
                |_| None,
            ));
            let there = |id: &str| accepted.clone().find(|member| member.id == id);
            let members = group.members.iter().filter_map(|member| there(&member.member_id));
            grants.extend(
                members
                    .map(|member| format!("user_group:{}:member:user:{}", group.id, member.person.user_id)),
            );
        }
        grants
    })
}

fn of_member(member: &Member) -> BTreeSet<String> {
    let user = format!("user:{}", member.person.user_id);
    of_policies(&member.policies, &user, |group| {
        Some(group.role.as_ref()?.id.clone())
    })
}

fn of_policies(
    policies: &[Policy],
    principal: &str,
    role: impl Fn(&PermissionGroup) -> Option<String>,
) -> BTreeSet<String> {
    let mut grants = BTreeSet::new();
    for policy in policies {
        for group in &policy.permission_groups {
            for place in &policy.resource_groups {
                let account_wide = place.name.as_deref().is_some_and(|name| {
                    name.starts_with("com.cloudflare.api.account.") && !name.contains(".zone.")
                });
                let allowed = policy.access == Effect::Allow;
                let role = role(group).filter(|_| account_wide && allowed);
                let deny = if allowed { "" } else { "deny-" };
                grants.insert(match role {
                    Some(role) => format!("role:{role}:member:{principal}"),
                    None => format!("resource_group:{}:{deny}{}:{principal}", place.id, group.id),
                });
            }
        }
    }
    grants
}

fn granted(file: &File) -> BTreeSet<String> {
    file.rows().grants.keys().map(ToString::to_string).collect()
}

#[tokio::test]
async fn everybody_is_there_once_with_what_they_hold() {
    let sim = simulate(small()).await;
    let file = sync(&connector(&sim)).await.unwrap();
    let (accepted, pending): (Vec<Member>, Vec<Member>) = sim.read(|state| {
        state
            .members
            .clone()
            .into_iter()
            .partition(|member| !member.is_pending())
    });
    assert_eq!(file.of_type(USER).len(), accepted.len());
    assert_eq!(file.of_type(INVITATION).len(), pending.len());
    assert_eq!(file.of_type(USER_GROUP).len(), 3);
    assert!(!pending.is_empty());
    assert_eq!(granted(&file), expected(&sim));
    assert_eq!(file.dangling(), [""; 0]);
}

#[tokio::test]
async fn the_roles_are_those_of_the_list_each_once() {
    let sim = simulate(small()).await;
    let file = sync(&connector(&sim)).await.unwrap();
    let listed: BTreeSet<String> = sim.read(|state| state.roles.iter().map(|role| role.id.clone()).collect());
    let written: BTreeSet<String> = file
        .of_type(ROLE)
        .iter()
        .map(|role| role.id.object.to_string())
        .collect();
    assert_eq!(written, listed);
}

#[tokio::test]
async fn interruptions_change_nothing() {
    let sim = simulate(small()).await;
    let whole = sync(&connector(&sim)).await.unwrap();
    let pieces = sync_in_pieces(&sim).await.unwrap();
    assert_eq!(*whole.rows(), *pieces.rows());
}

#[tokio::test]
async fn a_connector_serves_run_after_run() {
    let sim = simulate(small()).await;
    let connector = connector(&sim);
    sync(&connector).await.unwrap();
    sim.change(|state| {
        state.remove_member(5);
        state.user_groups.pop();
    });
    let again = sync(&connector).await.unwrap();
    assert_eq!(granted(&again), expected(&sim));
    assert_eq!(again.dangling(), [""; 0]);
}

#[tokio::test]
async fn the_demo_company_reads_well() {
    let now = Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap();
    let sim = simulate(demo::example_retail(now)).await;
    let file = sync(&connector(&sim)).await.unwrap();
    assert_eq!(granted(&file), expected(&sim));
    assert_eq!(file.dangling(), [""; 0]);
    insta::assert_snapshot!(overview(&file));
}

/// Who has what, in words.
fn overview(file: &File) -> String {
    let rows = file.rows().clone();
    let mut lines = BTreeSet::new();
    for grant in rows.grants.values() {
        let principal = &rows.resources[&grant.principal];
        let held = &rows.entitlements[&grant.entitlement];
        lines.insert(format!(
            "{} {}: {}",
            principal.id.resource_type, principal.display_name, held.display_name
        ));
    }
    for resource in rows.resources.values() {
        let profile = resource.profile.iter().flatten();
        let lists: String = profile
            .filter(|(key, _)| matches!(key.as_str(), "policies" | "roles"))
            .fold(String::new(), |mut text, (key, value)| {
                write!(text, " {key} {:?}", texts(value)).unwrap();
                text
            });
        let status = resource.status.as_ref().map_or("", |status| &status.details);
        lines.insert(format!(
            "{} \"{}\" {status}{lists}",
            resource.id.resource_type, resource.display_name
        ));
    }
    lines.into_iter().collect::<Vec<_>>().join("\n")
}

fn texts(value: &ProfileValue) -> Vec<&str> {
    match value {
        ProfileValue::List(items) => items.iter().filter_map(ProfileValue::as_text).collect(),
        _ => Vec::new(),
    }
}
