//! As few calls as can answer: one for each page that exists, and at most three more.

use crate::support::{client, connector, simulate, sync};
use cloudflare::AccountId;
use cloudflare_sim::{Running, Spec};
use connector_cloudflare::CloudflareConnector;

fn table(sim: &Running) -> String {
    let counts = sim.journal().counts();
    let mut lines: Vec<String> = counts
        .iter()
        .map(|(endpoint, count)| format!("{count:>3}  {}", endpoint.path()))
        .collect();
    lines.push(format!("{:>3}  all", sim.journal().len()));
    lines.join("\n")
}

#[tokio::test]
async fn an_account_token_needs_22_calls_for_500_members() {
    let sim = simulate(Spec::default()).await;
    sync(&connector(&sim)).await.unwrap();
    insta::assert_snapshot!(table(&sim));
    assert!(sim.journal().len() <= 24, "{}", sim.journal().len());
}

#[tokio::test]
async fn a_users_token_needs_one_more() {
    let sim = simulate(Spec::default()).await;
    let account = AccountId::new(sim.account_id());
    sync(&CloudflareConnector::new(client(&sim, &sim.token()), account))
        .await
        .unwrap();
    assert!(
        sim.journal().len() <= 24,
        "{}\n{}",
        sim.journal().len(),
        table(&sim)
    );
}

#[tokio::test]
async fn nothing_is_asked_about_zones_that_no_scope_names() {
    let sim = simulate(Spec {
        resource_groups: 3,
        ..Spec::default()
    })
    .await;
    sync(&connector(&sim)).await.unwrap();
    assert_eq!(sim.journal().count(cloudflare_sim::Endpoint::Zones), 0);
}

#[tokio::test]
async fn every_page_is_asked_for_once() {
    let sizes = Spec {
        members: 230,
        roles: 70,
        permission_groups: 120,
        tokens: 60,
        user_groups: 9,
        zones: 70,
        ..Spec::default()
    };
    let sim = simulate(sizes).await;
    sync(&connector(&sim)).await.unwrap();
    let mut calls: Vec<(String, String)> = sim
        .journal()
        .calls()
        .into_iter()
        .map(|call| (call.path, call.query))
        .collect();
    let all = calls.len();
    calls.sort();
    calls.dedup();
    assert_eq!(calls.len(), all, "a page was asked for twice");
    insta::assert_snapshot!(table(&sim));
}
