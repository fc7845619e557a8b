//! The token endpoint.

use std::fmt::Write as _;
use std::time::Duration;

use proto::baton_service_v1::BatonServiceGetTaskRequest;
use task_protocol::{ASSERTION_TYPE, ClientSecret, GRANT_TYPE, assertion};

use crate::world::{Answer, World, said, tester};

fn told(name: &str, answer: &Answer, page: &mut String) {
    writeln!(
        page,
        "{name}: {} {}: {}",
        answer.status,
        answer.body["error"].as_str().unwrap_or_default(),
        answer.body["error_description"].as_str().unwrap_or_default()
    )
    .unwrap();
}

#[tokio::test]
async fn a_signed_assertion_gives_a_token_once() {
    let world = World::new().await;
    let member = world.member("Cloudflare").await;
    let assertion = world.assertion(&member);
    let answer = world.ask_for_token(member.client_id.as_str(), &assertion).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["token_type"], "Bearer");
    assert_eq!(answer.body["expires_in"], 900);
    let again = world.ask_for_token(member.client_id.as_str(), &assertion).await;
    assert_eq!(again.status, 401);
    assert_eq!(
        again.body["error_description"],
        "this assertion was used before; sign a new one for each request"
    );
}

#[tokio::test]
async fn each_refusal_has_words() {
    let world = World::new().await;
    let member = world.member("Cloudflare").await;
    let other = world.member("Another").await;
    let id = member.client_id.as_str();
    let mut page = String::new();
    let good = world.assertion(&member);
    let form = |grant, kind, assertion| {
        [
            ("client_assertion", assertion),
            ("client_assertion_type", kind),
            ("client_id", id),
            ("grant_type", grant),
        ]
    };
    told("nothing", &world.post(&[]).await, &mut page);
    told(
        "another grant",
        &world.post(&form("password", ASSERTION_TYPE, &good)).await,
        &mut page,
    );
    told(
        "another kind",
        &world.post(&form(GRANT_TYPE, "saml", &good)).await,
        &mut page,
    );
    told("no assertion", &world.ask_for_token(id, "").await, &mut page);
    told(
        "another client id",
        &world.ask_for_token(other.client_id.as_str(), &good).await,
        &mut page,
    );
    let stranger = ClientSecret::generate([9; 32]);
    let forged = assertion::sign(&member.client_id, &stranger, world.now(), [1; 16]);
    told("another key", &world.ask_for_token(id, &forged).await, &mut page);
    let unknown = task_protocol::ClientId::parse("nobody@localhost/rollcall").unwrap();
    let made_up = assertion::sign(&unknown, &stranger, world.now(), [2; 16]);
    told(
        "nobody",
        &world.ask_for_token(unknown.as_str(), &made_up).await,
        &mut page,
    );
    let old = world.now() - chrono::TimeDelta::hours(1);
    let late = assertion::sign(&member.client_id, &member.secret, old, [3; 16]);
    told("an hour old", &world.ask_for_token(id, &late).await, &mut page);
    let long = "x".repeat(20_000);
    let answer = world.ask_for_token(id, &long).await;
    writeln!(page, "too long: {}", answer.status).unwrap();
    insta::assert_snapshot!(page, @"
    nothing: 400 unsupported_grant_type: grant_type must be `client_credentials`
    another grant: 400 unsupported_grant_type: grant_type must be `client_credentials`
    another kind: 400 invalid_request: client_assertion_type must be `urn:ietf:params:oauth:client-assertion-type:jwt-bearer`
    no assertion: 401 invalid_client: the assertion is not accepted: the assertion is not a compact JWS
    another client id: 401 invalid_client: client_id is not the one that the assertion speaks for
    another key: 401 invalid_client: unknown client id, or a signature that is not its own
    nobody: 401 invalid_client: unknown client id, or a signature that is not its own
    an hour old: 401 invalid_client: the assertion is not accepted: the assertion ended 3480 seconds ago; is a clock wrong?
    too long: 413
    ");
}

#[tokio::test]
async fn a_credential_that_ended_gives_nothing_more() {
    let world = World::new().await;
    let member = world.member("Cloudflare").await;
    let hour = world.now() + chrono::TimeDelta::hours(1);
    let rotated = world
        .another_credential(member.connector.clone(), Some(hour))
        .await;
    let mut client = world.client(&member).await;
    let request = || BatonServiceGetTaskRequest {
        host_id: "one".to_owned(),
    };
    client.get_task(request()).await.unwrap();

    world
        .office
        .revoke_credential(&tester(), &member.credential.id)
        .await
        .unwrap();
    let status = client.get_task(request()).await.unwrap_err();
    insta::assert_snapshot!(said(&status), @"Unauthenticated: this credential was revoked at 2026-10-01 08:00:00 UTC");
    let answer = world
        .ask_for_token(member.client_id.as_str(), &world.assertion(&member))
        .await;
    assert_eq!(answer.status, 401);
    insta::assert_snapshot!(answer.body["error_description"].as_str().unwrap(), @"this credential was revoked at 2026-10-01 08:00:00 UTC");

    let mut client = world.client(&rotated).await;
    client.get_task(request()).await.unwrap();
    world.pass(Duration::from_hours(1));
    let status = client.get_task(request()).await.unwrap_err();
    insta::assert_snapshot!(said(&status), @"Unauthenticated: the access token is not valid, or has expired");
}

#[tokio::test]
async fn a_token_is_good_for_a_while() {
    let world = World::new().await;
    let member = world.member("Cloudflare").await;
    let mut client = world.client(&member).await;
    let request = || BatonServiceGetTaskRequest {
        host_id: "one".to_owned(),
    };
    world.pass(Duration::from_secs(899));
    client.get_task(request()).await.unwrap();
    world.pass(Duration::from_secs(1));
    insta::assert_snapshot!(said(&client.get_task(request()).await.unwrap_err()), @"Unauthenticated: the access token is not valid, or has expired");
    for authorization in ["", "Bearer", "Bearer nonsense", "Basic abc"] {
        let mut client = world.client_with(authorization).await;
        let status = client.get_task(request()).await.unwrap_err();
        assert_eq!(status.code(), tonic::Code::Unauthenticated, "{authorization}");
    }
}
