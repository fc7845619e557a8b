//! How answers look, whatever they say.

use governance::{KeyScope, Role};
use reqwest::Method;
use serde_json::{Value, json};

use crate::routes::{Furnished, Who};
use crate::world::{Answer, World, answer};

async fn mighty() -> Furnished {
    Furnished::new(Who::With(Role::SuperAdministrator, KeyScope::Everything)).await
}

/// Everything that a program can rely on when something went wrong.
#[tokio::test(flavor = "multi_thread")]
async fn what_went_wrong_is_said_in_one_way() {
    let furnished = mighty().await;
    let (world, key) = (&furnished.world, &furnished.key);
    let raw = |content: &str, body: &str| {
        let request = world.request(Method::POST, "/apps").bearer_auth(key);
        request.header("content-type", content).body(body.to_owned())
    };
    let mut found = vec![
        world.get("none", "/me").await,
        world.get(key, "/nothing").await,
        world.get(key, "/connectors/x").await,
        world.get(key, "/me?more=1").await,
        world.get(key, "/apps?limit=0").await,
        world.get(key, "/apps?limit=201").await,
        world.get(key, "/apps?cursor=x").await,
        world.get(key, "/apps?state=lost").await,
        world.post(key, "/apps", json!({ "name": "Mail" })).await,
        world.post(key, "/apps", json!({ "name": "" })).await,
        world.post(key, "/apps", json!({})).await,
        world
            .post(key, "/apps", json!({ "name": "A", "owner": "x" }))
            .await,
        world
            .post(
                key,
                "/operators",
                json!({ "name": "A", "email": "a@example.com", "roles": [] }),
            )
            .await,
        world
            .post(
                key,
                "/operators",
                json!({ "name": "A", "email": "a@example.com", "roles": ["king"] }),
            )
            .await,
        world
            .post(key, "/connectors/x/sync", json!({ "now": true }))
            .await,
        answer(raw("text/plain", "{\"name\":\"A\"}")).await,
        answer(raw("application/json", "{\"name\": 7")).await,
        answer(raw(
            "application/json",
            &format!("{{\"name\":\"{}\"}}", "x".repeat(1 << 20)),
        ))
        .await,
    ];
    let owner = json!({ "owners": [] });
    let path = format!("/connectors/{}", furnished.connector.id);
    found.push(world.send(key, Method::PATCH, &path, &owner).await);
    let said: Vec<String> = found.iter().map(told).collect();
    insta::assert_snapshot!(said.join("\n\n"));
}

fn told(found: &Answer) -> String {
    assert_eq!(
        found.headers["content-type"], "application/problem+json",
        "{}",
        found.text
    );
    let mut json = found.json();
    let request = json["request"].take();
    assert_eq!(request, found.headers["x-request-id"].to_str().unwrap());
    assert_eq!(json["status"], found.status);
    let code = json["code"].as_str().unwrap();
    assert_eq!(json["type"], format!("urn:rollcall:problem:{code}"));
    let field = json["field"]
        .as_str()
        .map(|field| format!(" ({field})"))
        .unwrap_or_default();
    format!(
        "{} {code}{field}: {}\n{} {}",
        found.status,
        json["title"].as_str().unwrap(),
        json["detail"].as_str().unwrap(),
        json["hint"].as_str().unwrap()
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_is_kept_and_each_has_an_id_of_its_own() {
    let furnished = mighty().await;
    let mut ids = std::collections::BTreeSet::new();
    let file = "GET /connectors/{connector}/files/{file}";
    let answers = [
        furnished.call("GET /me").await,
        furnished.call("GET /connectors").await,
        furnished.call(file).await,
        furnished.call("POST /connectors/{connector}/pause").await,
        furnished.world.get("none", "/me").await,
        furnished.world.get(&furnished.key, "/nothing").await,
        answer(furnished.world.request(Method::GET, "/openapi.json")).await,
    ];
    for found in answers {
        assert_eq!(found.headers["cache-control"], "no-store");
        assert_eq!(found.headers["x-content-type-options"], "nosniff");
        assert!(ids.insert(found.headers["x-request-id"].to_str().unwrap().to_owned()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_given_as_it_is() {
    let furnished = mighty().await;
    let found = furnished.call("GET /connectors/{connector}/files/{file}").await;
    assert_eq!((found.status, found.text.as_str()), (200, "abc"));
    assert_eq!(found.headers["content-type"], "application/octet-stream");
    let disposition = found.headers["content-disposition"].to_str().unwrap();
    assert!(disposition.starts_with("attachment; filename=\"") && disposition.ends_with(".c1z\""));
}

/// What somebody has sent where a word belongs may be a secret: it is not sent back.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_sent_is_not_repeated() {
    const SECRET: &str = "cfat_secret_secret_secret";
    let furnished = mighty().await;
    let path = format!("/connectors/{}/settings", furnished.connector.id);
    for wrong in [
        json!({ "account_id": "x", "mode": SECRET }),
        json!({ "account_id": "x", "mode": "reviews", "authentication": SECRET }),
        json!({ "account_id": 1, "mode": "reviews", "authentication": { "way": SECRET } }),
        json!({ "account_id": "x", "mode": "reviews", "authentication": { "way": "api-token", "token": SECRET } }),
        Value::from(SECRET),
    ] {
        let found = furnished
            .world
            .send(&furnished.key, Method::PUT, &path, &wrong)
            .await;
        assert_eq!(found.status, 422);
        assert!(!found.text.contains("secret_secret"), "{}", found.text);
    }
}

/// A name that looks like something else stays a name.
#[tokio::test(flavor = "multi_thread")]
async fn names_are_only_names() {
    const NAME: &str = "<script>alert(1)</script>\"'\\ \u{202e}";
    let world = World::new().await;
    let ada = world.person("Ada", &[Role::SuperAdministrator]).await;
    let (_, key) = world.key(&ada, KeyScope::Everything).await;
    let added = world.post(&key, "/apps", json!({ "name": NAME })).await;
    assert_eq!((added.status, added.json()["name"].as_str()), (201, Some(NAME)));
    assert_eq!(added.headers["content-type"], "application/json");
}
