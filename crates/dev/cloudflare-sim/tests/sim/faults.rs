//! Fault switches, seen from the wire.

use std::{io, time::Duration};

use cloudflare_sim::{Fault, Options, Running, Sim, Spec, When};
use tokio::time::Instant;

use crate::client::{Reply, account, call, get};

async fn start() -> Running {
    Sim::new(Spec::with_members(30), Options::default())
        .start()
        .await
        .unwrap()
}

/// The answer of a call that meets this fault.
async fn with(fault: Fault) -> Reply {
    let sim = start().await;
    sim.faults().add(When::every(), fault);
    account(&sim, "/members").await
}

#[tokio::test]
async fn errors_of_the_api_come_in_its_envelope() {
    let message = "try again".to_owned();
    let reply = with(Fault::Status {
        status: 503,
        code: 1234,
        message,
        retry_after: Some(7),
    })
    .await;
    assert_eq!((reply.status, reply.code()), (503, 1234));
    assert_eq!(reply.header("retry-after"), Some("7"));
    assert!(reply.header("ratelimit").is_some());
}

#[tokio::test]
async fn errors_of_the_edge_come_as_html_or_problems() {
    let page = with(Fault::edge()).await;
    assert_eq!(
        (page.status, page.header("content-type")),
        (502, Some("text/html; charset=UTF-8"))
    );
    assert!(page.body.starts_with("<!DOCTYPE html>"));
    assert_eq!(page.header("ratelimit"), None);
    let problem = with(Fault::Problem {
        status: 524,
        retry_after: Some(60),
    })
    .await;
    assert_eq!(
        (problem.status, problem.header("content-type")),
        (524, Some("application/problem+json"))
    );
    assert_eq!(problem.json()["status"], 524);
    assert_eq!(problem.header("retry-after"), Some("60"));
}

#[tokio::test]
async fn bodies_can_be_garbage_or_empty() {
    let garbage = with(Fault::Garbage).await;
    assert_eq!(garbage.status, 200);
    assert!(serde_json::from_str::<serde_json::Value>(&garbage.body).is_err());
    let empty = with(Fault::Empty).await;
    assert_eq!((empty.status, empty.body.as_str()), (200, ""));
}

#[tokio::test]
async fn a_truncated_body_is_shorter_than_its_length() {
    let whole = account(&start().await, "/members").await;
    let reply = with(Fault::Truncated).await;
    let length: usize = reply.header("content-length").unwrap().parse().unwrap();
    assert_eq!(length, whole.body.len());
    assert_eq!(reply.body.len(), length / 2);
}

#[tokio::test]
async fn a_reset_gives_no_answer() {
    let sim = start().await;
    sim.faults().add(When::call(1), Fault::Reset);
    let error = call(&sim, "/user", &[]).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
    assert_eq!(sim.journal().calls()[0].status, None);
    assert_eq!(get(&sim, "/user").await.status, 200);
}

#[tokio::test]
async fn a_slow_body_is_whole_in_the_end() {
    let sim = start().await;
    let whole = account(&sim, "/members").await;
    sim.faults().add(
        When::every(),
        Fault::Slow {
            pieces: 4,
            pause: Duration::from_millis(20),
        },
    );
    let begun = Instant::now();
    let slow = account(&sim, "/members").await;
    assert_eq!(slow.body, whole.body);
    assert!(begun.elapsed() >= Duration::from_millis(80));
}

#[tokio::test]
async fn latency_is_waited_for() {
    let options = Options {
        latency: Duration::from_millis(30),
        ..Options::default()
    };
    let sim = Sim::new(Spec::with_members(3), options).start().await.unwrap();
    let begun = Instant::now();
    account(&sim, "/members").await;
    assert!(begun.elapsed() >= Duration::from_millis(30));
}

#[tokio::test]
async fn rules_pick_calls_by_number_and_path() {
    let sim = start().await;
    sim.faults()
        .add(When::call(2).of("/accounts/*/members"), Fault::status(500));
    sim.faults().add(When::call(5), Fault::status(501));
    let mut seen = Vec::new();
    for path in [
        "/roles",
        "/members",
        "/members?page=2",
        "/members",
        "/roles",
        "/roles",
    ] {
        seen.push(account(&sim, path).await.status);
    }
    assert_eq!(seen, [200, 200, 500, 200, 501, 200]);
    sim.faults().add(When::every().of("/user"), Fault::status(418));
    assert_eq!(get(&sim, "/user/tokens/verify").await.status, 418);
    assert_eq!(account(&sim, "/roles").await.status, 200);
    sim.faults().clear();
    assert_eq!(get(&sim, "/user").await.status, 200);
}
