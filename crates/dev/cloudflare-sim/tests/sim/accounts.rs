//! The invented accounts: sizes, shares, mirrored roles, sameness.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use cloudflare_sim::{
    Options, Sim, Spec,
    demo::example_retail,
    state::{Effect, Member, State, TokenStatus},
};
use proptest::prelude::*;

use crate::client::account;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_812_800, 0).unwrap()
}

/// Everything a client could read, as text.
fn served(state: &State) -> String {
    serde_json::to_string(&(
        &state.members,
        &state.roles,
        &state.resource_groups,
        &state.tokens,
        &state.account,
    ))
    .unwrap()
        + &format!("{:?}{:?}{:?}", state.user_groups, state.zones, state.audit_log)
}

fn share(members: &[Member], wanted: impl Fn(&&Member) -> bool) -> usize {
    members.iter().filter(wanted).count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_same_spec_makes_the_same_account(
        members in 0_usize..80, roles in 0_usize..100, groups in 0_usize..6, zones in 0_usize..9, seed: u64,
    ) {
        let spec = Spec { members, roles, user_groups: groups, zones, seed, ..Spec::default() };
        let state = spec.build();
        prop_assert_eq!(served(&state), served(&spec.build()));
        prop_assert_eq!(state.members.len(), members);
        prop_assert_eq!(state.roles.len(), roles.max(1));
        let ids: BTreeSet<_> = state.members.iter().map(|member| &member.id).collect();
        let addresses: BTreeSet<_> = state.members.iter().map(|member| &member.person.email).collect();
        prop_assert_eq!((ids.len(), addresses.len()), (members, members));
        let known = |group: &str| state.permission_groups.iter().any(|known| known.id == group);
        for policy in state.members.iter().flat_map(|member| &member.policies) {
            prop_assert!(policy.permission_groups.iter().all(|group| known(&group.id)));
            prop_assert_eq!(policy.resource_groups.len(), 1);
        }
    }
}

#[test]
fn another_seed_makes_another_account() {
    let other = Spec {
        seed: 2,
        ..Spec::with_members(20)
    };
    assert_ne!(served(&other.build()), served(&Spec::with_members(20).build()));
}

#[test]
fn the_shares_are_as_promised() {
    let members = Spec::with_members(2000).build().members;
    assert_eq!(share(&members, |member| member.is_pending()), 40);
    assert_eq!(share(&members, |member| !member.person.two_factor), 431);
    let scoped = |member: &&Member| {
        member
            .policies
            .iter()
            .any(|p| p.permission_groups.iter().any(|group| group.role.is_none()))
    };
    assert_eq!(share(&members, scoped), 100);
    let super_administrators = |member: &&Member| {
        member
            .policies
            .iter()
            .any(|p| p.permission_groups.iter().any(|g| g.label == "all_privileges"))
    };
    assert_eq!(share(&members, super_administrators), 2);
}

#[tokio::test]
async fn roles_mirror_policies() {
    let sim = Sim::new(example_retail(now()), Options::default())
        .start()
        .await
        .unwrap();
    let member = async |local: &str| {
        let id = sim.read(|state| {
            let wanted = format!("{local}@example.com");
            state
                .members
                .iter()
                .find(|m| m.person.email == wanted)
                .unwrap()
                .id
                .clone()
        });
        account(&sim, &format!("/members/{id}")).await.json()["result"].clone()
    };
    let ids = |member: &serde_json::Value| -> Vec<String> {
        member["roles"]
            .as_array()
            .unwrap()
            .iter()
            .map(|r| r["id"].as_str().unwrap().to_owned())
            .collect()
    };
    // An account-wide role: its legacy id, and one policy with the permission group's id.
    let ada = member("ada.moreau").await;
    assert_eq!(ids(&ada), ["33666b9c79b9a5273fc7344ff42f953d"]);
    let policy = &ada["policies"][0];
    assert_eq!(
        policy["permission_groups"][0]["id"],
        "14a108b56bbd4e8c6b1c4952a488c11d"
    );
    assert_eq!(
        policy["resource_groups"][0]["name"],
        format!("com.cloudflare.api.account.{}", sim.account_id())
    );
    // A domain role carries the permission group's id; a deny and a Worker's role are not in the view.
    let chidi = member("chidi.eze").await;
    assert_eq!(
        ids(&chidi),
        [
            "132c52e7e6654b999c183cfcbafd37d7",
            "f2b20eaa1a5d4af42b53ac16238c99c7"
        ]
    );
    let petra = member("petra.horvathova").await;
    assert_eq!(ids(&petra), ["a5e5061418ea445fbba04aac57f359a8"]);
    assert_eq!(petra["policies"][1]["access"], "deny");
    let camila = member("camila.ferreira").await;
    assert_eq!(ids(&camila), ["5c35d2bf3a545e6b7560b826c0d23c39"]);
    assert_eq!(camila["policies"][0]["resource_groups"][0].get("name"), None);
}

#[test]
fn every_word_of_the_demo_stands_for_something() {
    let state = example_retail(now());
    let groups = state.user_groups.iter().flat_map(|group| &group.policies);
    for policy in state
        .members
        .iter()
        .flat_map(|member| &member.policies)
        .chain(groups)
    {
        assert_eq!(
            (policy.permission_groups.len(), policy.resource_groups.len()),
            (1, 1),
            "{policy:?}"
        );
    }
    for policy in state.tokens.iter().flat_map(|token| &token.policies) {
        assert_eq!(policy.permission_groups.len(), 1, "{policy:?}");
    }
    assert_eq!(state.audit_log.len(), 9);
    let groups: Vec<_> = state
        .user_groups
        .iter()
        .map(|g| (g.name.as_str(), g.members.len()))
        .collect();
    assert_eq!(
        groups,
        [
            ("DNS operators", 4),
            ("Platform admins", 2),
            ("Auditors", 3),
            ("Storefront developers", 5),
            ("Replatforming 2024", 1),
            ("Incident response", 0),
        ]
    );
}

#[test]
fn the_demo_has_something_to_find() {
    let state = example_retail(now());
    let members = &state.members;
    assert_eq!(
        (members.len(), share(members, |member| member.is_pending())),
        (42, 5)
    );
    assert_eq!(
        share(members, |member| !member.is_pending()
            && !member.person.two_factor),
        9
    );
    assert_eq!(
        share(members, |m| m.policies.iter().any(|p| p.access == Effect::Deny)),
        1
    );
    let tokens: Vec<_> = state
        .tokens
        .iter()
        .filter(|token| token.status == TokenStatus::Active)
        .collect();
    assert_eq!(
        tokens.iter().filter(|token| token.last_used_on.is_none()).count(),
        2
    );
    assert_eq!(
        tokens.iter().filter(|token| token.expires_on.is_none()).count(),
        5
    );
    let gone = |email: &String| members.iter().all(|member| member.person.email != *email);
    assert!(
        tokens
            .iter()
            .any(|token| token.creator_email_at_creation.as_ref().is_some_and(gone))
    );
}
