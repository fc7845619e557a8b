//! Credentials that cannot be looked up: small reads tell what they tell.

use cloudflare_sim::{Endpoint, Fault, When};
use connector_cloudflare::permissions::Purpose;

use super::world::{account_token, ask, key, shown, user_token, world};

#[tokio::test]
async fn an_accounts_token_that_may_not_read_tokens_takes_five_calls() {
    let sim = world().await;
    let client = account_token(&sim, &["Account Settings Write", "Zone Read"]);
    insta::assert_snapshot!(shown(&sim, &client, Purpose::ReviewsAndProvisioning).await);
    assert_eq!(client.calls(), 5);
}

#[tokio::test]
async fn a_users_token_takes_seven_calls() {
    let sim = world().await;
    let client = user_token(
        &sim,
        &["Account Settings Read", "Account API Tokens Read", "Zone Read"],
    );
    insta::assert_snapshot!(shown(&sim, &client, Purpose::Reviews).await);
    assert_eq!(client.calls(), 7);
}

#[tokio::test]
async fn a_users_token_takes_eight_calls_for_provisioning() {
    let sim = world().await;
    let client = user_token(&sim, &["Account Settings Write"]);
    insta::assert_snapshot!(shown(&sim, &client, Purpose::ReviewsAndProvisioning).await);
    assert_eq!(client.calls(), 8);
}

#[tokio::test]
async fn a_global_key_may_do_everything_its_user_may() {
    let sim = world().await;
    let client = key(&sim);
    insta::assert_snapshot!(shown(&sim, &client, Purpose::ReviewsAndProvisioning).await);
    assert_eq!(client.calls(), 5);
}

#[tokio::test]
async fn an_empty_list_of_members_is_a_missing_permission() {
    let sim = super::world::world_with(cloudflare_sim::Options {
        empty_lists: [Endpoint::Members].into(),
        ..cloudflare_sim::Options::unlimited()
    })
    .await;
    let client = user_token(&sim, &["Account Settings Read"]);
    let checklist = ask(&sim, &client, Purpose::Reviews).await.unwrap();
    assert!(!checklist.is_enough(), "{checklist}");
}

#[tokio::test]
async fn a_token_that_vanished_from_the_list_is_tried_instead() {
    let sim = world().await;
    let client = account_token(&sim, &["Account Settings Read", "Account API Tokens Read"]);
    sim.change(|state| state.tokens.retain(|token| token.name != "access review"));
    let checklist = ask(&sim, &client, Purpose::Reviews).await.unwrap();
    assert!(checklist.is_enough(), "{checklist}");
    assert_eq!(client.calls(), 6);
}

#[tokio::test]
async fn a_failure_in_between_is_no_missing_permission() {
    let sim = world().await;
    let client = user_token(&sim, &["Account Settings Read"]);
    let members = format!("/accounts/{}/members", sim.account_id());
    sim.faults().add(When::every().of(&members), Fault::status(400));
    let error = ask(&sim, &client, Purpose::Reviews).await.unwrap_err();
    assert_eq!(error.code, "cloudflare-request-refused", "{error}");
}
