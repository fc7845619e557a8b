//! Credentials that there is nothing to check about: what is wrong, and what to do.

use cloudflare::{AccountId, Client};
use cloudflare_sim::state::{Credential, Grants, TokenStatus};
use cloudflare_sim::{Options, Running, WrongAddress};
use connector::ConnectorError;
use connector_cloudflare::permissions::{Purpose, check};

use super::world::{SECRET, account_token, key, user_token, world, world_with};
use crate::support::client;

fn told(error: &ConnectorError) -> String {
    format!("{} ({:?})\n{error}\nhint: {}", error.code, error.kind, error.hint)
}

async fn refusal(sim: &Running, client: &Client, account: &AccountId) -> String {
    let error = check(client, account, Purpose::Reviews).await.unwrap_err();
    told(&error).replace(&sim.account_id(), "HERE")
}

fn here(sim: &Running) -> AccountId {
    AccountId::new(sim.account_id())
}

fn elsewhere() -> AccountId {
    AccountId::new("ffffffffffffffffffffffffffffffff")
}

fn with_status(sim: &Running, status: TokenStatus) -> Client {
    let mut credential = Credential::user_token("t1", SECRET, Grants::Everything);
    credential.status = status;
    credential.expires_on = (status == TokenStatus::Expired).then(|| "2026-10-31T23:59:59Z".to_owned());
    sim.accept(credential);
    client(sim, SECRET)
}

#[tokio::test]
async fn a_token_that_does_not_work_says_why() {
    let mut texts = Vec::new();
    for status in [TokenStatus::Expired, TokenStatus::Disabled] {
        let sim = world().await;
        let client = with_status(&sim, status);
        texts.push(refusal(&sim, &client, &here(&sim)).await);
        assert_eq!(client.calls(), 2);
    }
    let sim = world().await;
    let unknown = client(&sim, "cfut_unknown");
    texts.push(refusal(&sim, &unknown, &here(&sim)).await);
    assert_eq!(unknown.calls(), 3);
    let malformed = client(&sim, "no token at all");
    texts.push(refusal(&sim, &malformed, &here(&sim)).await);
    assert_eq!(malformed.calls(), 2);
    insta::assert_snapshot!(texts.join("\n\n"));
}

#[tokio::test]
async fn a_credential_of_another_account_says_so() {
    let sim = world().await;
    let users = user_token(&sim, &["Account Settings Read"]);
    let mut texts = vec![refusal(&sim, &users, &elsewhere()).await];
    let accounts = client(&sim, &sim.account_token());
    texts.push(refusal(&sim, &accounts, &elsewhere()).await);
    texts.push(refusal(&sim, &key(&sim), &elsewhere()).await);
    insta::assert_snapshot!(texts.join("\n\n"));
}

#[tokio::test]
async fn no_account_of_that_id_is_no_missing_permission() {
    let sim = world().await;
    let path = format!("/accounts/{}", sim.account_id());
    sim.faults().add(
        cloudflare_sim::When::every().of(&path),
        cloudflare_sim::Fault::status(404),
    );
    let users = user_token(&sim, &["Account Settings Read"]);
    insta::assert_snapshot!(refusal(&sim, &users, &here(&sim)).await);
}

#[tokio::test]
async fn a_token_for_other_addresses_names_ours() {
    for wrong_address in [WrongAddress::UnknownToVerify, WrongAddress::Told] {
        for issue in [account_token, user_token] {
            let options = Options {
                wrong_address,
                ..Options::unlimited()
            };
            let sim = world_with(options).await;
            let client = issue(&sim, &["Account Settings Read"]);
            sim.change(|state| {
                let latest = state.credentials.last_mut().unwrap();
                latest.refused_at = Some("198.51.100.7".to_owned());
            });
            insta::assert_snapshot!("another_address", refusal(&sim, &client, &here(&sim)).await);
        }
    }
}

#[tokio::test]
async fn a_network_that_is_down_is_not_the_tokens_fault() {
    let sim = world().await;
    let client = user_token(&sim, &["Account Settings Read"]);
    let account = here(&sim);
    sim.stop().await;
    let error = check(&client, &account, Purpose::Reviews).await.unwrap_err();
    assert_eq!(error.code, "http-unreachable");
    assert_eq!(error.kind, connector::ErrorKind::Unavailable);
    assert!(error.hint.contains("firewall"), "{}", error.hint);
}
