//! The rate budget and its block.

use std::time::Duration;

use cloudflare_sim::{Clock, ManualClock, Options, RateLimit, Running, Sim, Spec};

use crate::client::{Reply, account, bearer, call};

async fn start(quota: u32) -> (Running, ManualClock) {
    let clock = ManualClock::default();
    let options = Options {
        rate_limit: RateLimit::new(quota, Duration::from_mins(1)),
        clock: Clock::Manual(clock.clone()),
        ..Options::default()
    };
    (
        Sim::new(Spec::with_members(5), options).start().await.unwrap(),
        clock,
    )
}

fn budget(reply: &Reply) -> (u16, &str, Option<&str>) {
    (
        reply.status,
        reply.header("ratelimit").unwrap(),
        reply.header("retry-after"),
    )
}

#[tokio::test]
async fn headers_count_down_and_the_window_starts_again() {
    let (sim, clock) = start(3).await;
    assert_eq!(
        budget(&account(&sim, "/members").await),
        (200, "\"default\";r=2;t=60", None)
    );
    clock.advance(Duration::from_millis(10_500));
    let second = account(&sim, "/members").await;
    assert_eq!(budget(&second), (200, "\"default\";r=1;t=50", None));
    assert_eq!(second.header("ratelimit-policy"), Some("\"default\";q=3;w=60"));
    clock.advance(Duration::from_secs(50));
    assert_eq!(
        budget(&account(&sim, "/members").await),
        (200, "\"default\";r=2;t=60", None)
    );
}

#[tokio::test]
async fn exceeding_the_budget_blocks_everything_for_five_minutes() {
    let (sim, clock) = start(2).await;
    for _ in 0..2 {
        assert_eq!(account(&sim, "/members").await.status, 200);
    }
    let blocked = account(&sim, "/members").await;
    assert_eq!(budget(&blocked), (429, "\"default\";r=0;t=300", Some("300")));
    assert!(
        blocked
            .body
            .contains("More than 2 requests per 60 seconds reached.")
    );
    clock.advance(Duration::from_secs(299));
    assert_eq!(
        budget(&account(&sim, "/roles").await),
        (429, "\"default\";r=0;t=1", Some("1"))
    );
    clock.advance(Duration::from_secs(1));
    assert_eq!(account(&sim, "/members").await.status, 200);
}

#[tokio::test]
async fn a_user_shares_one_budget_and_an_account_token_has_its_own() {
    let (sim, _clock) = start(2).await;
    let path = format!("/accounts/{}/members", sim.account_id());
    let (email, key) = sim.key();
    bearer(&sim, &path, &sim.token()).await;
    let by_key = call(&sim, &path, &[("X-Auth-Email", &email), ("X-Auth-Key", &key)])
        .await
        .unwrap();
    assert_eq!(by_key.header("ratelimit"), Some("\"default\";r=0;t=60"));
    let other = bearer(&sim, &path, &sim.account_token()).await;
    assert_eq!(other.header("ratelimit"), Some("\"default\";r=1;t=60"));
    assert_eq!(bearer(&sim, &path, &sim.token()).await.status, 429);
    assert_eq!(bearer(&sim, &path, &sim.account_token()).await.status, 200);
}

#[tokio::test]
async fn without_a_limit_there_are_no_headers() {
    let sim = Sim::new(Spec::with_members(5), Options::unlimited())
        .start()
        .await
        .unwrap();
    let reply = account(&sim, "/members").await;
    assert_eq!(
        (reply.header("ratelimit"), reply.header("ratelimit-policy")),
        (None, None)
    );
    assert!(reply.header("cf-ray").is_some());
}
