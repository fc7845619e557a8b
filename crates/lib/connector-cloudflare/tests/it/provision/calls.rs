//! How many calls a change takes.

use cloudflare_sim::{Endpoint, Options, Spec};
use connector::{AccessRequest, Mode, Provisioner};
use http_client::RateLimit;
use model::{Entitlement, Resource};
use tokio::task::JoinSet;

use super::world::{GROUP, World, rules, word};
use crate::support::{File, paced, simulate_with, sync};

/// The calls that something made, as method and last part of the path.
async fn calls(world: &World, change: impl Future<Output = String>) -> (String, Vec<String>) {
    let before = world.sim.journal().len();
    let end = change.await;
    let all = world.sim.journal().calls();
    let calls = all[before..].iter().map(|call| {
        let mut parts = call.path.rsplit('/');
        let last = parts.next().unwrap();
        let last = if last.len() == 32 {
            parts.next().unwrap()
        } else {
            last
        };
        format!("{} {last}", call.method)
    });
    (end, calls.collect())
}

/// A world in which the connector has looked up what it looks up once.
async fn warm() -> World {
    let world = World::new().await;
    assert_eq!(word(&world.grant("Cache Purge", "cross").await), "made");
    assert_eq!(word(&world.revoke("Cache Purge", "cross").await), "made");
    world
}

#[tokio::test]
async fn a_grant_and_a_revocation_are_three_calls() {
    let world = warm().await;
    let place = world
        .sim
        .read(|state| state.resource_groups[1].name.clone().unwrap());
    let scoped = format!("Domain Waiting Room Read on {place}");
    for local in ["roles", "scoped", "both", "cross", "super"] {
        for title in ["Cache Purge", &scoped, GROUP] {
            let (granted, by) = calls(&world, async { word(&world.grant(title, local).await) }).await;
            assert_eq!(granted, "made", "{title} {local}");
            assert_eq!(by.len(), 3, "{title} {local}: {by:?}");
            let (again, by) = calls(&world, async { word(&world.grant(title, local).await) }).await;
            assert_eq!(
                (again.as_str(), by.len()),
                ("already so", 1),
                "{title} {local}: {by:?}"
            );
            let (revoked, by) = calls(&world, async { word(&world.revoke(title, local).await) }).await;
            assert_eq!(revoked, "made", "{title} {local}");
            assert_eq!(by.len(), 3, "{title} {local}: {by:?}");
        }
    }
    assert_eq!(
        world.sim.journal().count(Endpoint::PermissionGroups),
        2,
        "one for the sync, one looked up"
    );
}

#[tokio::test]
async fn what_is_looked_up_is_looked_up_once() {
    let world = World::new().await;
    let (_, first) = calls(&world, async {
        word(&world.grant("Cache Purge", "scoped").await)
    })
    .await;
    assert_eq!(
        first,
        [
            "GET members",
            "GET permission_groups",
            "GET resource_groups",
            "PUT members",
            "GET members"
        ]
    );
    let (_, first) = calls(&world, async { word(&world.revoke("Billing", "roles").await) }).await;
    assert_eq!(
        first,
        [
            "GET members",
            "GET verify",
            "GET user",
            "GET members",
            "PUT members",
            "GET members"
        ]
    );
    let (_, next) = calls(&world, async { word(&world.revoke("Billing", "both").await) }).await;
    assert_eq!(next, ["GET members", "PUT members", "GET members"]);
}

#[tokio::test]
async fn only_taking_the_power_of_a_super_administrator_lists() {
    let world = warm().await;
    let title = "Super Administrator - All Privileges";
    let (granted, by) = calls(&world, async { word(&world.grant(title, "roles").await) }).await;
    assert_eq!((granted.as_str(), by.len()), ("made", 3));
    let (_, by) = calls(&world, async { word(&world.revoke(title, "roles").await) }).await;
    assert_eq!(
        by,
        [
            "GET members",
            "GET user_groups",
            "GET members",
            "GET members",
            "PUT members",
            "GET members"
        ]
    );
}

#[tokio::test]
async fn a_dry_run_changes_nothing_and_says_what_it_would_send() {
    let world = warm().await;
    let before = world.picture();
    let request = world.request("Cache Purge", "both", Mode::DryRun);
    let planned = world.connector.grant(&request).await.unwrap();
    assert_eq!(
        (before, "planned"),
        (world.picture(), word(&Ok(planned.clone())).as_str())
    );
    let made = world.grant("Cache Purge", "both").await.unwrap();
    assert_eq!(made.change, planned.change);
    let mut told = serde_json::to_value(&planned.change).unwrap();
    let path = told["calls"][0]["path"].as_str().unwrap().to_owned();
    let member = world.member_id("both");
    told["calls"][0]["path"] = path.replace(&member, "MEMBER").into();
    insta::assert_json_snapshot!(told);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_grants_fit_into_the_rate_limit() {
    let spec = Spec {
        members: 230,
        ..Spec::default()
    };
    let sim = simulate_with(spec, Options::default()).await;
    let http = http_client::Options {
        rate_limit: RateLimit::parse("1200/300").unwrap(),
        ..http_client::Options::default()
    };
    let connector = paced(&sim, http, rules());
    let file = sync(&connector).await.unwrap();
    let role = file
        .rows()
        .entitlements
        .values()
        .find(|held| held.slug == "member")
        .unwrap()
        .clone();
    let people = file
        .of_type("user")
        .into_iter()
        .filter(|user| !holds(&file, &role, user));
    let people: Vec<_> = people.take(200).collect();
    assert_eq!(people.len(), 200);
    let before = sim.journal().len();
    let mut grants = JoinSet::new();
    for principal in people {
        let (connector, entitlement) = (connector.clone(), role.clone());
        let request = AccessRequest {
            entitlement,
            principal,
            mode: Mode::Make,
        };
        grants.spawn(async move { connector.grant(&request).await });
    }
    while let Some(end) = grants.join_next().await {
        assert_eq!(word(&end.unwrap()), "made");
    }
    let calls = sim.journal().calls();
    let grants = &calls[before..];
    let lookups = grants.iter().filter(|call| call.path.contains("/iam/")).count();
    assert!(grants.iter().all(|call| call.status == Some(200)));
    assert_eq!(grants.len() - lookups, 600);
}

fn holds(file: &File, entitlement: &Entitlement, user: &Resource) -> bool {
    let rows = file.rows();
    let mut grants = rows.grants.values();
    grants.any(|grant| grant.entitlement == entitlement.id && grant.principal == user.id)
}
