//! Tokens that may look themselves up: all is known from their policies.

use cloudflare_sim::state::Holder;
use connector_cloudflare::permissions::Purpose;
use serde_json::json;

use super::world::{account_token, ask, issue, shown, user, whole, world};

#[tokio::test]
async fn three_calls_tell_all_about_an_accounts_token() {
    let sim = world().await;
    let client = account_token(
        &sim,
        &["Account Settings Read", "Account API Tokens Read", "Zone Read"],
    );
    insta::assert_snapshot!(shown(&sim, &client, Purpose::Reviews).await);
    assert_eq!(client.calls(), 3);
}

#[tokio::test]
async fn what_is_missing_and_what_is_too_much_is_named() {
    let sim = world().await;
    let client = account_token(
        &sim,
        &[
            "Account API Tokens Write",
            "Account Settings Read",
            "Billing Write",
            "DNS Write",
            "Logs Read",
        ],
    );
    insta::assert_snapshot!(shown(&sim, &client, Purpose::Reviews).await);
    assert_eq!(client.calls(), 3);
}

#[tokio::test]
async fn without_account_settings_only_the_permission_is_missing() {
    let sim = world().await;
    let client = account_token(&sim, &["Account API Tokens Read"]);
    let checklist = ask(&sim, &client, Purpose::Reviews).await.unwrap();
    assert!(!checklist.is_enough());
    insta::assert_snapshot!(checklist);
    assert_eq!(client.calls(), 3);
}

#[tokio::test]
async fn provisioning_needs_more() {
    let sim = world().await;
    let permissions = ["Account Settings Read", "Account API Tokens Read", "Zone Read"];
    let client = account_token(&sim, &permissions);
    let checklist = ask(&sim, &client, Purpose::ReviewsAndProvisioning).await.unwrap();
    assert!(!checklist.is_enough());
    insta::assert_snapshot!(checklist);
    assert_eq!(client.calls(), 3);
}

#[tokio::test]
async fn four_calls_tell_all_about_a_users_token_that_reads_its_users_tokens() {
    let sim = world().await;
    let mut accounts = whole(&sim.account_id());
    accounts["com.cloudflare.api.account.ffffffffffffffffffffffffffffffff"] = json!("*");
    let of_account: &[&str] = &["Account Settings Write", "Account API Tokens Write", "Zone Read"];
    let of_user: &[&str] = &["User Details Read", "API Tokens Write"];
    let client = issue(&sim, Holder::User, &[(of_account, accounts), (of_user, user())]);
    insta::assert_snapshot!(shown(&sim, &client, Purpose::ReviewsAndProvisioning).await);
    assert_eq!(client.calls(), 4);
}

#[tokio::test]
async fn a_users_token_for_another_account_does_not_reach_this_one() {
    let sim = world().await;
    let elsewhere = whole("ffffffffffffffffffffffffffffffff");
    let policies: [(&[&str], _); 2] = [
        (&["Account Settings Read"], elsewhere),
        (&["API Tokens Read"], user()),
    ];
    let client = issue(&sim, Holder::User, &policies);
    let error = ask(&sim, &client, Purpose::Reviews).await.unwrap_err();
    assert_eq!(error.code, "cloudflare-other-account", "{error}");
}

#[tokio::test]
async fn a_users_token_without_account_settings_is_told_what_it_lacks_when_it_can_be_looked_up() {
    let sim = world().await;
    let policies: [(&[&str], _); 2] = [
        (&["Zone Read"], whole(&sim.account_id())),
        (&["API Tokens Read"], user()),
    ];
    let client = issue(&sim, Holder::User, &policies);
    let checklist = ask(&sim, &client, Purpose::Reviews).await.unwrap();
    assert!(!checklist.is_enough());
    insta::assert_snapshot!(checklist);
}
