//! What is checked before anything is read.

use chrono::{TimeZone, Utc};
use cloudflare::AccountId;
use cloudflare_sim::state::{Credential, Grants, TokenStatus};
use cloudflare_sim::{Running, demo};
use connector::{ConnectorError, ErrorKind, Syncer};
use connector_cloudflare::CloudflareConnector;

use crate::support::{client, connector, simulate};

async fn demo() -> Running {
    simulate(demo::example_retail(
        Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap(),
    ))
    .await
}

async fn refused(sim: &Running, token: &str, account: &str) -> ConnectorError {
    let connector = CloudflareConnector::new(client(sim, token), AccountId::new(account));
    connector.validate().await.unwrap_err()
}

#[tokio::test]
async fn what_no_list_shows_is_said() {
    let sim = demo().await;
    insta::assert_debug_snapshot!(connector(&sim).validate().await.unwrap());
}

#[tokio::test]
async fn an_account_without_parent_hides_no_administrators() {
    let sim = demo().await;
    sim.change(|state| state.account.managed_by = None);
    let notes = connector(&sim).validate().await.unwrap();
    assert!(notes.iter().all(|note| note.code != "hidden-administrators"));
}

#[tokio::test]
async fn a_token_that_nobody_knows_is_rejected() {
    let sim = demo().await;
    let error = refused(
        &sim,
        "cfut_unknown00000000000000000000000000000000",
        &sim.account_id(),
    )
    .await;
    assert_eq!(error.kind, ErrorKind::Unauthenticated, "{error}");
    assert!(error.hint.contains("copy the token again"), "{}", error.hint);
}

#[tokio::test]
async fn a_token_whose_time_is_over_and_a_disabled_one_say_so() {
    for (status, word) in [
        (TokenStatus::Expired, "expired"),
        (TokenStatus::Disabled, "disabled"),
    ] {
        let sim = demo().await;
        let secret = "cfat_unusable00000000000000000000000000000000";
        let mut token = Credential::account_token("0123", secret, Grants::Everything);
        token.status = status;
        sim.accept(token);
        let error = refused(&sim, secret, &sim.account_id()).await;
        assert_eq!(error.kind, ErrorKind::Unauthenticated, "{error}");
        assert!(error.message.contains(word), "{error}");
    }
}

#[tokio::test]
async fn a_token_for_another_account_is_told_from_a_bad_one() {
    let sim = demo().await;
    let error = refused(&sim, &sim.account_token(), &"0".repeat(32)).await;
    assert!(
        matches!(error.kind, ErrorKind::PermissionDenied | ErrorKind::NotFound),
        "{error:?}"
    );
    assert!(!error.hint.is_empty());
}

#[tokio::test]
async fn the_source_is_the_account() {
    let sim = demo().await;
    let source = connector(&sim).source();
    assert_eq!(source, format!("cloudflare/{}", sim.account_id()));
}

#[test]
fn the_types_of_go_are_as_they_are_there() {
    insta::assert_debug_snapshot!(connector_cloudflare::types::all());
}
