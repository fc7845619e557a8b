//! The main job by a program, without any browser: a key, a connector, its settings, *Connected*, who can do what.

#![expect(clippy::indexing_slicing, reason = "what is not there fails the test")]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use authn::{Token, TokenKind};
use governance::repository::{Ledger as _, Write};
use governance::{
    Actor, Email, KeyLife, KeyScope, NewApiKey, Office, Operator, OperatorId, OperatorSource, OperatorStatus,
    Role, SessionId, SignIn, TokenHash, Via,
};
use reqwest::Method;
use runner::{SystemClock, SystemIds, SystemRandomness};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use store::Database;

use crate::world::{PATIENCE, World};

/// A program with a key of Ada's.
struct Program {
    client: reqwest::Client,
    key: String,
    address: String,
    ada: String,
}

impl Program {
    async fn of(world: &World) -> Self {
        let (ada, key) = key(&world.data()).await;
        Self {
            client: client(&world.data()),
            key,
            address: world.page("/api/v1"),
            ada,
        }
    }

    async fn call(&self, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
        let request = self.client.request(method, format!("{}{path}", self.address));
        let request = request.bearer_auth(&self.key);
        let request = match body {
            Some(body) => request
                .header("content-type", "application/json")
                .body(body.to_string()),
            None => request,
        };
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let text = answer.text().await.unwrap();
        (status, serde_json::from_str(&text).unwrap_or_default())
    }

    async fn get(&self, path: &str) -> Value {
        let (status, found) = self.call(Method::GET, path, None).await;
        assert_eq!(status, 200, "{path}: {found}");
        found
    }

    /// Waits until a connector is like this.
    async fn until(&self, path: &str, label: &str) {
        let began = Instant::now();
        loop {
            let found = self.get(path).await;
            if found["label"] == label {
                return;
            }
            assert!(began.elapsed() < PATIENCE, "never {label}: {found}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

/// Somebody who may do everything, and a key of theirs: as they would make it in the browser.
async fn key(data: &Path) -> (String, String) {
    let database = Database::sqlite(&data.join("rollcall.db")).await.unwrap();
    let office = Office::new(
        Arc::new(database.clone()),
        Arc::new(SystemClock),
        Arc::new(SystemIds),
    );
    let now = office.now();
    let ada = Operator {
        id: OperatorId::new(now, [1; 16]),
        email: Email::parse("ada@example.com").unwrap(),
        name: "Ada".to_owned(),
        roles: [Role::SuperAdministrator].into_iter().collect(),
        status: OperatorStatus::Active,
        source: OperatorSource::Local,
        created_at: now,
    };
    let writes = [
        Write::AddOperator(ada.clone()),
        Write::PutSignIn(SignIn::none(ada.id.clone())),
    ];
    database.commit(&writes, &[]).await.unwrap();
    let session = Via::Session {
        operator: ada.id.clone(),
        session: SessionId::new(now, [1; 16]),
    };
    let actor = Actor {
        name: ada.name,
        roles: ada.roles,
        via: session,
        from: None,
        request: None,
    };
    let token = Token::generate(TokenKind::ApiKey, &SystemRandomness).unwrap();
    let new = NewApiKey {
        name: "deploy",
        scope: KeyScope::Everything,
        life: KeyLife::Week,
    };
    let hash = TokenHash(*token.hash().as_bytes());
    office.add_api_key(&actor, &new, (hash, "Ab1_")).await.unwrap();
    database.close().await.unwrap();
    (ada.id.to_string(), token.to_text().expose_secret().to_owned())
}

#[expect(
    clippy::disallowed_methods,
    reason = "a program that calls is no client of ours"
)]
fn client(data: &Path) -> reqwest::Client {
    rustls::crypto::ring::default_provider().install_default().ok();
    let authority = std::fs::read(data.join("tls/authority.pem")).unwrap();
    reqwest::Client::builder()
        .tls_certs_only([reqwest::Certificate::from_pem(&authority).unwrap()])
        .no_proxy()
        .build()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_sets_up_cloudflare_and_sees_who_can_do_what() {
    let mut world = World::new().await;
    let program = Program::of(&world).await;
    let me = program.get("/me").await;
    assert_eq!(
        (&me["operator"]["name"], &me["key"]["scope"]),
        (&json!("Ada"), &json!("everything"))
    );
    let new = json!({
        "name": "Production",
        "kind": "cloudflare",
        "hosting": "hosted",
        "app": { "attach": "new", "name": "Example Retail" },
        "owners": [program.ada],
    });
    let (status, added) = program.call(Method::POST, "/connectors", Some(new)).await;
    assert_eq!(
        (status, &added["label"]),
        (201, &json!("not-connected")),
        "{added}"
    );
    let here = format!("/connectors/{}", added["id"].as_str().unwrap());
    let settings = json!({
        "account_id": world.sim.account_id(),
        "authentication": { "way": "api-token", "token": world.sim.token() },
        "mode": "reviews",
    });
    let path = format!("{here}/settings/test");
    let (status, checklist) = program.call(Method::POST, &path, Some(settings.clone())).await;
    assert_eq!(status, 200, "{checklist}");
    assert!(!checklist["items"].as_array().unwrap().is_empty());
    let path = format!("{here}/settings");
    assert_eq!(program.call(Method::PUT, &path, Some(settings)).await.0, 204);
    program.until(&here, "connected").await;
    what_was_read(&program, &here).await;
    who_did_it(&program).await;
    assert_eq!(program.call(Method::DELETE, &here, None).await.0, 204);
    assert_eq!(world.stop().await, Some(0));
}

async fn what_was_read(program: &Program, here: &str) {
    let accounts = program
        .get(&format!("{here}/accounts?limit=200&order=email"))
        .await;
    let people = accounts["items"].as_array().unwrap();
    assert_eq!(accounts["total"], people.len());
    let holder = people.iter().find(|one| one["holds"].as_u64() > Some(0)).unwrap();
    let (kind, id) = (holder["type"].as_str().unwrap(), holder["id"].as_str().unwrap());
    let holdings = program.get(&format!("{here}/holdings?type={kind}&id={id}")).await;
    assert_eq!(holdings["total"], holder["holds"]);
    let entitlements = program
        .get(&format!(
            "{here}/entitlements?order=holders&descending=true&limit=1"
        ))
        .await;
    let most = &entitlements["items"][0];
    let holders = program
        .get(&format!(
            "{here}/holders?entitlement={}",
            most["id"].as_str().unwrap()
        ))
        .await;
    assert_eq!(holders["total"], most["holders"]);
    let runs = program.get(&format!("{here}/runs?kind=sync")).await;
    assert_eq!(runs["items"][0]["state"], "succeeded");
    assert!(
        !program.get(&format!("{here}/log")).await["items"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        program.get(&format!("{here}/files")).await["items"][0]["content"],
        "sync"
    );
}

async fn who_did_it(program: &Program) {
    let trail = program.get("/audit?about=connector").await;
    let trail = trail["items"].as_array().unwrap();
    let saved = trail
        .iter()
        .find(|entry| entry["action"] == "connector.settings-saved")
        .unwrap();
    assert_eq!(saved["actor"], "Ada (API key deploy)");
    assert_eq!(saved["from"], "127.0.0.1");
    // Who shows no key sees nothing.
    let answer = program
        .client
        .get(format!("{}/connectors", program.address))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 401);
}
