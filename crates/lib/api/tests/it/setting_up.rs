//! A connector is set up, seen to and removed by a program.

use governance::repository::{Letters as _, Places as _, Tasks as _};
use governance::{KeyScope, Role};
use reqwest::Method;
use serde_json::{Value, json};

use crate::world::{REJECTED, UNREACHABLE, World};

const ACCOUNT: &str = "0123456789abcdef0123456789abcdef";
const SECRET: &str = "cfat_correct_horse_battery_9Xw2";

struct Program {
    world: World,
    key: String,
    me: String,
}

impl Program {
    async fn new() -> Self {
        let world = World::new().await;
        let ada = world.person("Ada", &[Role::ConnectorAdministrator]).await;
        let (_, key) = world.key(&ada, KeyScope::Everything).await;
        let me = ada.id.to_string();
        Self { world, key, me }
    }

    async fn add(&self, hosting: &str, app: Value) -> (u16, Value) {
        let new = json!({
            "name": "Production", "kind": "cloudflare", "hosting": hosting, "app": app, "owners": [self.me],
        });
        let added = self.world.post(&self.key, "/connectors", new).await;
        (added.status, added.json())
    }

    async fn put(&self, path: &str, body: &Value) -> (u16, String) {
        let found = self.world.send(&self.key, Method::PUT, path, body).await;
        (found.status, found.text)
    }

    async fn seen(&self, path: &str) -> Value {
        self.world.get(&self.key, path).await.json()
    }
}

fn settings(token: Option<&str>) -> Value {
    json!({
        "account_id": ACCOUNT,
        "authentication": { "way": "api-token", "token": token },
        "mode": "reviews",
    })
}

fn new_app() -> Value {
    json!({ "attach": "new", "name": "Shop" })
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_go_in_and_no_secret_comes_out() {
    let program = Program::new().await;
    let (status, added) = program.add("hosted", new_app()).await;
    assert_eq!(
        (status, &added["label"], &added["app"]["name"]),
        (201, &json!("not-connected"), &json!("Shop"))
    );
    assert_eq!(added["schedule"], json!({ "when": "every", "minutes": 60 }));
    let here = format!("/connectors/{}", added["id"].as_str().unwrap());
    let there = format!("{here}/settings");
    let tested = program
        .world
        .post(&program.key, &format!("{there}/test"), settings(Some(SECRET)))
        .await;
    assert_eq!(
        (tested.status, &tested.json()["items"][0]["allowed"]),
        (200, &json!("yes"))
    );
    assert_eq!(program.world.get(&program.key, &there).await.status, 404);
    // What the account rejects is not saved.
    let (status, said) = program.put(&there, &settings(Some(REJECTED))).await;
    assert_eq!((status, said.contains("settings-rejected")), (422, true));
    let unreachable = program
        .world
        .post(
            &program.key,
            &format!("{there}/test"),
            settings(Some(UNREACHABLE)),
        )
        .await;
    assert_eq!(
        (unreachable.status, unreachable.code()),
        (502, "account-unreachable".to_owned())
    );
    assert_eq!(program.put(&there, &settings(None)).await.0, 422);
    assert_eq!(
        program.put(&there, &settings(Some(SECRET))).await,
        (204, String::new())
    );
    // One that is kept stays when none is given.
    assert_eq!(program.put(&there, &settings(None)).await.0, 204);
    let kept = program.seen(&there).await;
    assert_eq!(
        (&kept["last_four"], &kept["checked"]["outcome"]),
        (&json!("9Xw2"), &json!("good"))
    );
    for path in [here.as_str(), &there, "/connectors"] {
        let text = program.seen(path).await.to_string();
        assert!(!text.contains("correct_horse"), "{path}: {text}");
    }
    let sealed = program
        .world
        .database
        .all_settings()
        .await
        .unwrap()
        .remove(0)
        .secret;
    assert!(!String::from_utf8_lossy(&sealed.0).contains("correct_horse"));
}

/// Each of the three ways; and the word for one does not fit an app that is in the other state.
#[tokio::test(flavor = "multi_thread")]
async fn a_connector_is_attached_in_three_ways() {
    let program = Program::new().await;
    let world = &program.world;
    let boss = world.person("Grace", &[Role::SuperAdministrator]).await;
    let (_, key) = world.key(&boss, KeyScope::Everything).await;
    world
        .post(&key, "/apps/import", json!({ "names": ["Known"] }))
        .await;
    let known = world.get(&key, "/apps").await.json()["items"][0]["id"].clone();
    let attach = |how: &str| json!({ "attach": how, "id": known });
    assert_eq!(program.add("hosted", attach("managed")).await.0, 422);
    let (status, first) = program.add("hosted", attach("unmanaged")).await;
    assert_eq!((status, &first["app"]["id"]), (201, &known));
    let app = world
        .get(&key, &format!("/apps/{}", known.as_str().unwrap()))
        .await
        .json();
    assert_eq!(
        (&app["state"], &app["owners"][0]["id"]),
        (&json!("managed"), &json!(program.me))
    );
    let taken = program.add("hosted", attach("managed")).await;
    assert_eq!((taken.0, &taken.1["code"]), (409, &json!("taken")));
    let path = format!("/connectors/{}", first["id"].as_str().unwrap());
    let renamed = world
        .send(&program.key, Method::PATCH, &path, &json!({ "name": "First" }))
        .await;
    assert_eq!((renamed.status, &renamed.json()["name"]), (200, &json!("First")));
    assert_eq!(program.add("hosted", attach("managed")).await.0, 201);
    assert_eq!(world.database.installations().await.unwrap().len(), 2);
    // Somebody else who is to own it is asked for help.
    let other = json!({
        "name": "Other", "kind": "baton", "hosting": "self-hosted", "app": new_app(), "owners": [boss.id.as_str()],
    });
    let added = world.post(&program.key, "/connectors", other).await.json();
    assert_eq!(added["waiting_for"], boss.id.as_str());
    assert_eq!(world.database.letters(10).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn asked_twice_it_reads_once() {
    let program = Program::new().await;
    let world = &program.world;
    let (_, added) = program.add("self-hosted", new_app()).await;
    let id = added["id"].as_str().unwrap();
    let path = format!("/connectors/{id}/sync");
    let first = world.post(&program.key, &path, Value::Null).await;
    let second = world.post(&program.key, &path, Value::Null).await;
    assert_eq!((first.status, second.status), (202, 200));
    assert_eq!(first.json()["id"], second.json()["id"]);
    let id = governance::ConnectorId::parse(id).unwrap();
    assert_eq!(world.database.tasks(&id, None, 10).await.unwrap().len(), 1);
    let runs = program.seen(&format!("/connectors/{id}/runs?kind=sync")).await;
    assert_eq!(
        (&runs["total"], &runs["items"][0]["state"]),
        (&json!(1), &json!("waiting"))
    );
    let run = format!(
        "/connectors/{id}/runs/{}",
        runs["items"][0]["id"].as_str().unwrap()
    );
    let cancelled = world
        .post(&program.key, &format!("{run}/cancel"), Value::Null)
        .await;
    assert_eq!(cancelled.json()["state"], "cancelled");
    assert_eq!(
        world
            .post(&program.key, &format!("{run}/cancel"), Value::Null)
            .await
            .status,
        409
    );
    let pause = world
        .post(&program.key, &format!("/connectors/{id}/pause"), Value::Null)
        .await;
    assert_eq!(pause.status, 204);
    assert_eq!(world.post(&program.key, &path, Value::Null).await.status, 409);
    let removed = world
        .send(
            &program.key,
            Method::DELETE,
            &format!("/connectors/{id}"),
            &Value::Null,
        )
        .await;
    assert_eq!(removed.status, 204);
    assert_eq!(
        world.get(&program.key, &format!("/connectors/{id}")).await.status,
        404
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_of_a_credential_is_told_once() {
    let program = Program::new().await;
    let world = &program.world;
    let (_, added) = program.add("self-hosted", new_app()).await;
    let here = format!("/connectors/{}/credentials", added["id"].as_str().unwrap());
    let made = world.post(&program.key, &here, Value::Null).await;
    let secret = made.json()["client_secret"].as_str().unwrap().to_owned();
    assert_eq!(made.status, 201);
    let listed = program.seen(&here).await;
    assert_eq!(listed["items"][0], made.json()["credential"]);
    assert!(!listed.to_string().contains(&secret));
    let one = format!("{here}/{}", listed["items"][0]["id"].as_str().unwrap());
    let revoke = async || {
        world
            .send(&program.key, Method::DELETE, &one, &Value::Null)
            .await
            .status
    };
    assert_eq!((revoke().await, revoke().await), (204, 404));
    assert!(program.seen(&here).await["items"][0]["revoked_at"].is_string());
}
