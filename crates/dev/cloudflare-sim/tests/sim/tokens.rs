//! Writes to account-owned tokens, and the credentials that follow them.

use std::time::Duration;

use cloudflare_sim::{Clock, ManualClock, Options, Running, Sim, Spec};
use serde_json::{Value, json};

use crate::{
    client::{Reply, account, bearer, write},
    world::{refusal, retail},
};

/// The path of the token whose secret is [`Running::account_token`].
fn calling(sim: &Running) -> String {
    format!("/tokens/{}", sim.read(|state| state.tokens[0].id.clone()))
}

/// What the account-owned token with this secret gets.
async fn as_token(sim: &Running, secret: &str) -> u16 {
    let path = format!("/accounts/{}/tokens", sim.account_id());
    bearer(sim, &path, secret).await.status
}

async fn token(sim: &Running, path: &str) -> Value {
    account(sim, path).await.json()["result"].clone()
}

#[tokio::test]
async fn put_replaces_a_token_and_omitted_fields_are_gone() {
    let sim = retail(Options::default()).await;
    let path = format!("/tokens/{}", sim.read(|state| state.tokens[1].id.clone()));
    let (before, held) = (sim.picture(), token(&sim, &path).await);
    assert!(held.get("condition").is_some() && held.get("expires_on").is_some());
    let body = json!({ "name": held["name"], "policies": held["policies"], "made_up": true });
    let reply = write(&sim, "PUT", &path, body).await.json()["result"].clone();
    assert_eq!(reply["policies"], held["policies"]);
    for gone in ["condition", "expires_on", "made_up"] {
        assert_eq!(reply.get(gone), None, "{gone}");
    }
    assert_eq!(
        (&reply["issued_on"], &reply["status"]),
        (&held["issued_on"], &"active".into())
    );
    assert_eq!(token(&sim, &path).await, reply);
    let difference = before.difference(&sim.picture());
    assert_eq!(difference.len(), 2, "{difference:?}");
    assert!(difference[0].starts_with("- token ci deploy") && difference[0].contains("expires"));
    assert!(difference[1].starts_with("- token ci deploy") && difference[1].contains("only from"));
}

#[tokio::test]
async fn a_disabled_token_stops_authenticating_until_it_is_active_again() {
    let sim = retail(Options::default()).await;
    let (path, secret) = (calling(&sim), sim.account_token());
    let (before, mut body) = (sim.picture(), token(&sim, &path).await);
    for (status, expected) in [("disabled", 401), ("active", 200)] {
        body["status"] = status.into();
        assert_eq!(write(&sim, "PUT", &path, body.clone()).await.status, 200);
        assert_eq!(as_token(&sim, &secret).await, expected);
    }
    assert_eq!(before, sim.picture());
}

#[tokio::test]
async fn a_rolled_token_has_a_new_secret_and_the_old_one_is_dead() {
    let sim = retail(Options::default()).await;
    let (path, old) = (calling(&sim), sim.account_token());
    let before = sim.picture();
    let reply = write(&sim, "PUT", &format!("{path}/value"), json!({})).await;
    let new = reply.json()["result"].as_str().unwrap().to_owned();
    assert!(new.starts_with("cfat_") && new != old);
    assert_eq!(
        (as_token(&sim, &old).await, as_token(&sim, &new).await),
        (401, 200)
    );
    let id = sim.read(|state| state.tokens[0].id.clone());
    assert_eq!(
        before.difference(&sim.picture()),
        [
            format!("- token access review ({id}): active, secret 1"),
            format!("+ token access review ({id}): active, secret 2"),
        ]
    );
    let log = account(&sim, "/logs/audit?since=2026-10-01&before=2026-10-02").await;
    assert!(log.body.contains("Roll Token") && !log.body.contains(&new));
}

#[tokio::test]
async fn rolling_moves_the_date_of_change() {
    let clock = ManualClock::default();
    let options = Options {
        clock: Clock::Manual(clock.clone()),
        ..Options::default()
    };
    let sim = Sim::new(Spec::with_members(5), options).start().await.unwrap();
    clock.advance(Duration::from_hours(3));
    write(&sim, "PUT", &format!("{}/value", calling(&sim)), json!({})).await;
    assert_eq!(
        token(&sim, &calling(&sim)).await["modified_on"],
        "2026-10-01T03:00:00Z"
    );
}

#[tokio::test]
async fn a_rolled_token_may_do_what_its_policies_allow() {
    let sim = retail(Options::default()).await;
    let backup = sim.read(|state| state.tokens[3].id.clone());
    let reply = write(&sim, "PUT", &format!("/tokens/{backup}/value"), json!({})).await;
    let secret = reply.json()["result"].as_str().unwrap().to_owned();
    assert_eq!(as_token(&sim, &secret).await, 200);
    let members = format!("/accounts/{}/members", sim.account_id());
    assert_eq!(bearer(&sim, &members, &secret).await.status, 403);
}

#[tokio::test]
async fn a_deleted_token_is_gone() {
    let sim = retail(Options::default()).await;
    let (path, secret) = (calling(&sim), sim.account_token());
    let reply = write(&sim, "DELETE", &path, Value::Null).await;
    assert_eq!(
        format!("/tokens/{}", reply.json()["result"]["id"].as_str().unwrap()),
        path
    );
    assert_eq!(as_token(&sim, &secret).await, 401);
    let value = format!("{path}/value");
    for (method, path) in [("GET", &path), ("PUT", &path), ("DELETE", &path), ("PUT", &value)] {
        let reply = write(&sim, method, path, json!({})).await;
        assert_eq!(refusal(&reply), "404 1003 Token not found", "{method} {path}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_token_is_refused() {
    let sim = retail(Options::default()).await;
    let (before, path) = (sim.picture(), calling(&sim));
    let policies = token(&sim, &path).await["policies"].clone();
    let mut unknown = policies.clone();
    unknown[0]["permission_groups"][0]["id"] = "0".repeat(32).into();
    let mut none = policies.clone();
    none[0]["permission_groups"] = json!([]);
    for body in [
        json!({ "policies": policies }),
        json!({ "name": "x" }),
        json!({ "name": "", "policies": policies }),
        json!({ "name": "x".repeat(121), "policies": policies }),
        json!({ "name": "x", "policies": policies, "status": "expired" }),
        json!({ "name": "x", "policies": [] }),
        json!({ "name": "x", "policies": unknown }),
        json!({ "name": "x", "policies": none }),
    ] {
        let reply: Reply = write(&sim, "PUT", &path, body.clone()).await;
        assert_eq!((reply.status, reply.code()), (400, 1001), "{body}");
    }
    assert_eq!(before, sim.picture());
}
