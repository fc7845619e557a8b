//! Account tokens: switched, rolled, removed.

use cloudflare::AccountId;
use cloudflare_sim::state::TokenStatus;
use cloudflare_sim::{Endpoint, Fault, When};
use connector::{Actions, DeleteRequest, Effect, Mode, Provisioner, RotateRequest};
use connector_cloudflare::CloudflareConnector;
use model::{Profile, ProfileValue, ResourceId};
use sealing::Recipient;

use super::world::{World, rules, said};
use crate::support::client;

/// The public half of a key that is printed in RFC 8037.
const KEY: &str = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;

/// The id and the name of the first token that is in a state.
fn token(world: &World, status: TokenStatus) -> (String, String) {
    world.sim.read(|state| {
        let mut tokens = state.tokens.iter();
        let found = tokens.find(|token| token.status == status && !is_used(state, &token.id));
        let found = found.unwrap();
        (found.id.clone(), found.name.clone())
    })
}

fn is_used(state: &cloudflare_sim::State, id: &str) -> bool {
    state.credentials.iter().any(|credential| credential.id == id)
}

fn arguments(token: &str) -> Profile {
    Profile::from([("token_id".to_owned(), token.into())])
}

fn removal(token: &str) -> DeleteRequest {
    DeleteRequest {
        resource: ResourceId::new("api_token", token),
        mode: Mode::Make,
    }
}

#[tokio::test]
async fn a_token_is_switched_off_and_on_and_keeps_all_else() {
    let world = World::new().await;
    let (id, name) = token(&world, TokenStatus::Active);
    let before = world.picture();
    let off = world
        .connector
        .invoke("disable_token", &arguments(&id))
        .await
        .unwrap();
    assert_eq!(off["effect"].as_text(), Some("made"));
    assert_eq!(
        before.difference(&world.picture()),
        [
            format!("- token {name} ({id}): active, secret 1"),
            format!("+ token {name} ({id}): disabled, secret 1"),
        ]
    );
    let again = world
        .connector
        .invoke("disable_token", &arguments(&id))
        .await
        .unwrap();
    assert_eq!(again["effect"].as_text(), Some("already_so"));
    world
        .connector
        .invoke("enable_token", &arguments(&id))
        .await
        .unwrap();
    assert_eq!(before, world.picture());
}

#[tokio::test]
async fn a_dry_run_switches_nothing() {
    let world = World::new().await;
    let (id, _) = token(&world, TokenStatus::Active);
    let before = world.picture();
    let mut arguments = arguments(&id);
    arguments.insert("dry_run".to_owned(), ProfileValue::Bool(true));
    let planned = world.connector.invoke("disable_token", &arguments).await.unwrap();
    assert_eq!(
        (planned["effect"].as_text(), before),
        (Some("planned"), world.picture())
    );
}

#[tokio::test]
async fn a_token_is_deleted_once_and_stays_deleted() {
    let world = World::new().await;
    let (id, name) = token(&world, TokenStatus::Active);
    let before = world.picture();
    assert_eq!(
        world.connector.delete(&removal(&id)).await.unwrap().effect,
        Effect::Made
    );
    let gone = before.difference(&world.picture());
    assert!(
        gone.iter()
            .all(|line| line.starts_with(&format!("- token {name} ({id}): "))),
        "{gone:?}"
    );
    assert_eq!(
        world.connector.delete(&removal(&id)).await.unwrap().effect,
        Effect::AlreadySo
    );
}

#[tokio::test]
async fn a_new_secret_leaves_only_sealed() {
    let world = World::new().await;
    let (id, name) = token(&world, TokenStatus::Active);
    let before = world.picture();
    let request = RotateRequest {
        resource: ResourceId::new("api_token", id.as_str()),
        recipients: vec![Recipient::parse(KEY).unwrap()],
        mode: Mode::Make,
    };
    let rolled = world.connector.rotate(&request).await.unwrap();
    assert_eq!(
        before.difference(&world.picture()),
        [
            format!("- token {name} ({id}): active, secret 1"),
            format!("+ token {name} ({id}): active, secret 2"),
        ]
    );
    assert_eq!(
        (rolled.secrets.len(), rolled.secrets[0].provider),
        (1, "baton/jwk/v1")
    );
    assert!(!format!("{rolled:?}").contains("cfat_"));
    let mut arguments = arguments(&id);
    arguments.insert("recipients".to_owned(), ProfileValue::texts([KEY]));
    let result = world.connector.invoke("roll_token", &arguments).await.unwrap();
    let ProfileValue::List(secrets) = &result["secrets"] else {
        panic!()
    };
    assert_eq!(secrets.len(), 1);
    assert!(!format!("{result:?}").contains("cfat_"));
}

#[tokio::test]
async fn a_secret_that_nobody_could_read_is_not_made() {
    let world = World::new().await;
    let (id, _) = token(&world, TokenStatus::Active);
    let (before, calls) = (world.picture(), world.sim.journal().len());
    let request = RotateRequest {
        resource: ResourceId::new("api_token", id.as_str()),
        recipients: Vec::new(),
        mode: Mode::Make,
    };
    insta::assert_snapshot!(said(&world.connector.rotate(&request).await.unwrap_err()), @r"
    no-recipient
    nobody is named to seal the new secret for, so it would be lost
    name a recipient: an age recipient (age1...), an ssh-ed25519 public key or a public JSON Web Key
    ");
    let mut arguments = arguments(&id);
    arguments.insert(
        "recipients".to_owned(),
        ProfileValue::texts(["AGE-SECRET-KEY-1X"]),
    );
    let error = world
        .connector
        .invoke("roll_token", &arguments)
        .await
        .unwrap_err();
    insta::assert_snapshot!(said(&error), @r"
    recipient-private
    a recipient cannot be used: this is a private key, and only the public one is needed to seal a secret
    give the public key; whoever has seen the private one can open everything
    ");
    assert_eq!((before, calls), (world.picture(), world.sim.journal().len()));
}

#[tokio::test]
async fn a_lost_secret_is_rolled_again() {
    for fault in [Fault::Reset, Fault::edge(), Fault::Truncated, Fault::Garbage] {
        let world = World::new().await;
        let (id, _) = token(&world, TokenStatus::Active);
        let when = When::call(1).of("/accounts/*/tokens/*/value").method("PUT");
        world.sim.faults().add_after_effect(when, fault.clone());
        let request = RotateRequest {
            resource: ResourceId::new("api_token", id.as_str()),
            recipients: vec![Recipient::parse(KEY).unwrap()],
            mode: Mode::Make,
        };
        let rolled = world.connector.rotate(&request).await.unwrap();
        assert_eq!(rolled.secrets.len(), 1, "{fault:?}");
        let rolls = world
            .sim
            .journal()
            .count_by_method(Endpoint::AccountTokenValue, "PUT");
        assert_eq!(rolls, 2, "{fault:?}");
    }
}

#[tokio::test]
async fn our_own_token_stays_as_it_is() {
    let world = World::new().await;
    let secret = world.sim.account_token();
    let id = world.sim.read(|state| {
        let owned = |credential: &&cloudflare_sim::state::Credential| {
            credential.holder == cloudflare_sim::state::Holder::Account
        };
        state.credentials.iter().find(owned).unwrap().id.clone()
    });
    let account = AccountId::new(world.sim.account_id());
    let own = CloudflareConnector::with_rules(client(&world.sim, &secret), account, rules());
    let before = world.picture();
    let request = RotateRequest {
        resource: ResourceId::new("api_token", id.as_str()),
        recipients: vec![Recipient::parse(KEY).unwrap()],
        mode: Mode::Make,
    };
    let refusals = [
        own.delete(&removal(&id)).await.unwrap_err(),
        own.invoke("disable_token", &arguments(&id)).await.unwrap_err(),
        own.rotate(&request).await.unwrap_err(),
    ];
    assert!(
        refusals.iter().all(|error| error.code == "own-identity"),
        "{refusals:?}"
    );
    assert_eq!(before, world.picture());
}

#[tokio::test]
async fn tokens_that_cannot_be_switched_say_so() {
    let world = World::new().await;
    let (expired, _) = token(&world, TokenStatus::Expired);
    let error = world
        .connector
        .invoke("disable_token", &arguments(&expired))
        .await
        .unwrap_err();
    assert_eq!(error.code, "token-expired");
    let error = world
        .connector
        .invoke("disable_token", &arguments("0".repeat(32).as_str()))
        .await
        .unwrap_err();
    insta::assert_snapshot!(said(&error), @r"
    no-such-token
    the account has no token 00000000000000000000000000000000
    read the account again; tokens of users are not the account's and cannot be changed here
    ");
    let error = world
        .connector
        .invoke("disable_token", &Profile::new())
        .await
        .unwrap_err();
    insta::assert_snapshot!(said(&error), @r"
    argument-missing
    the argument token_id is missing, or is no text
    the action's schema lists what it takes
    ");
    let error = world
        .connector
        .invoke("explode", &Profile::new())
        .await
        .unwrap_err();
    assert_eq!(error.message, "handler for action explode not found");
}

#[tokio::test]
async fn every_fault_at_every_request_of_switching_and_deleting() {
    for operation in ["disable", "delete"] {
        for request in 1..=3 {
            for fault in [
                Fault::status(500),
                Fault::edge(),
                Fault::Reset,
                Fault::Garbage,
                Fault::status(403),
            ] {
                for after_effect in [false, true] {
                    one_fault(operation, request, &fault, after_effect).await;
                }
            }
        }
    }
}

async fn run(world: &World, operation: &str, id: &str) -> Result<String, connector::ConnectorError> {
    if operation == "delete" {
        return world
            .connector
            .delete(&removal(id))
            .await
            .map(|changed| format!("{:?}", changed.effect));
    }
    let result = world.connector.invoke("disable_token", &arguments(id)).await;
    result.map(|result| result["effect"].as_text().unwrap().to_owned())
}

async fn one_fault(operation: &str, request: u64, fault: &Fault, after_effect: bool) {
    let case = format!("{operation}, request {request}, {fault:?}, after effect: {after_effect}");
    let world = World::new().await;
    let (id, _) = token(&world, TokenStatus::Active);
    let before = world.picture();
    // Who we are is asked in between: that is not what this is about.
    assert!(world.revoke("Billing", "self").await.is_err());
    let when = When::call(request);
    if after_effect {
        world.sim.faults().add_after_effect(when, fault.clone());
    } else {
        world.sim.faults().add(when, fault.clone());
    }
    let end = run(&world, operation, &id).await;
    world.sim.faults().clear();
    let changed = before != world.picture();
    match &end {
        Ok(_) => assert!(changed, "{case}"),
        Err(error) if error.code == "outcome-unknown" => {}
        // A refusal that comes after the effect is a lie that only a fault can tell.
        Err(_) => assert!(!changed || after_effect, "{case}: {end:?}"),
    }
    run(&world, operation, &id)
        .await
        .unwrap_or_else(|error| panic!("{case}: {error:?}"));
    assert_ne!(before, world.picture(), "{case}");
}

#[tokio::test]
async fn a_dry_run_that_is_neither_true_nor_false_changes_nothing() {
    let world = World::new().await;
    let (id, _) = token(&world, TokenStatus::Active);
    let before = world.picture();
    let mut arguments = arguments(&id);
    arguments.insert("dry_run".to_owned(), "true".into());
    let error = world
        .connector
        .invoke("disable_token", &arguments)
        .await
        .unwrap_err();
    assert_eq!((error.code, before), ("argument-wrong", world.picture()));
}
