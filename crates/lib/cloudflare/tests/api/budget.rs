//! The rate budget against a server that blocks for minutes.

use std::time::Duration;

use cloudflare::endpoint::Members;
use cloudflare_sim::{Options, RateLimit, Spec};

use crate::setup::{account, client_with, simulator, token};

const WINDOW: Duration = Duration::from_secs(1);

/// 20 pages with 12 calls a second: the run lasts, and is never refused.
#[tokio::test]
async fn a_run_larger_than_the_quota_is_never_refused() {
    let options = Options {
        rate_limit: RateLimit::new(12, WINDOW),
        ..Options::default()
    };
    let sim = simulator(Spec::with_members(1000), options).await;
    let rate_limit = http_client::RateLimit::Quota {
        calls: 12,
        window: WINDOW,
    };
    let options = http_client::Options {
        rate_limit,
        ..http_client::Options::default()
    };
    let client = client_with(&sim, token(&sim.token()), options);
    let (members, _) = client
        .list(Members {
            account: account(&sim),
        })
        .collect()
        .await
        .unwrap();
    assert_eq!(members.len(), 1000);
    let calls = sim.journal().calls();
    assert_eq!(calls.len(), 20);
    assert!(calls.iter().all(|call| call.status == Some(200)));
}
