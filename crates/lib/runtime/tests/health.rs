//! The health endpoint over real sockets.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use chrono::DateTime;
use runtime::{Checks, HealthError, HealthServer, Verdict};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

struct Known {
    health: Verdict,
    readiness: Verdict,
}

impl Checks for Known {
    fn health(&self) -> Verdict {
        self.health.clone()
    }

    fn readiness(&self) -> Verdict {
        self.readiness.clone()
    }
}

fn fine() -> Verdict {
    Verdict {
        ok: true,
        details: Vec::new(),
    }
}

fn well() -> Known {
    Known {
        health: fine(),
        readiness: fine(),
    }
}

struct Running {
    address: SocketAddr,
    stop: CancellationToken,
    serving: JoinHandle<()>,
}

async fn start(known: Known) -> Running {
    let server = HealthServer::bind("127.0.0.1", 0).await.unwrap();
    let address = server.address();
    let stop = CancellationToken::new();
    let clock = || DateTime::from_timestamp(1_795_000_000, 250_000_000).unwrap();
    let serving = tokio::spawn(server.serve(Arc::new(known), Arc::new(clock), stop.clone()));
    Running {
        address,
        stop,
        serving,
    }
}

impl Running {
    /// The answer to whatever is sent, without the date.
    async fn tell(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(request).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap_or_default();
        let lines = answer.split_inclusive('\n');
        let dateless: String = lines.filter(|line| !line.starts_with("date: ")).collect();
        dateless.replace('\r', "")
    }

    async fn ask(&self, path: &str) -> String {
        let request = format!("GET {path} HTTP/1.1\r\nHost: example.com\r\n\r\n");
        self.tell(request.as_bytes()).await
    }
}

#[tokio::test]
async fn all_is_well() {
    let running = start(well()).await;
    insta::assert_snapshot!(running.ask("/health").await, @r#"
    HTTP/1.1 200 OK
    content-type: application/json
    cache-control: no-store
    content-length: 56
    connection: close

    {"status":"healthy","timestamp":"2026-11-18T11:06:40Z"}
    "#);
    insta::assert_snapshot!(running.ask("/ready").await, @r#"
    HTTP/1.1 200 OK
    content-type: application/json
    cache-control: no-store
    content-length: 54
    connection: close

    {"status":"ready","timestamp":"2026-11-18T11:06:40Z"}
    "#);
    insta::assert_snapshot!(running.ask("/live").await, @r#"
    HTTP/1.1 200 OK
    content-type: application/json
    cache-control: no-store
    content-length: 54
    connection: close

    {"status":"alive","timestamp":"2026-11-18T11:06:40Z"}
    "#);
}

#[tokio::test]
async fn something_is_wrong() {
    let running = start(Known {
        health: Verdict {
            ok: false,
            details: vec![("error", "Cloudflare does not accept the API token".to_owned())],
        },
        readiness: Verdict {
            ok: false,
            details: vec![
                ("credentials", "rejected: \"Invalid API Token\"".to_owned()),
                ("control_plane", "reached".to_owned()),
            ],
        },
    })
    .await;
    insta::assert_snapshot!(running.ask("/health").await, @r#"
    HTTP/1.1 503 Service Unavailable
    content-type: application/json
    cache-control: no-store
    content-length: 121
    connection: close

    {"status":"unhealthy","timestamp":"2026-11-18T11:06:40Z","details":{"error":"Cloudflare does not accept the API token"}}
    "#);
    insta::assert_snapshot!(running.ask("/ready").await, @r#"
    HTTP/1.1 503 Service Unavailable
    content-type: application/json
    cache-control: no-store
    content-length: 144
    connection: close

    {"status":"not_ready","timestamp":"2026-11-18T11:06:40Z","details":{"credentials":"rejected: \"Invalid API Token\"","control_plane":"reached"}}
    "#);
    assert!(running.ask("/live").await.starts_with("HTTP/1.1 200 OK\n"));
}

#[tokio::test]
async fn other_questions_have_no_answer() {
    let running = start(well()).await;
    insta::assert_snapshot!(running.ask("/").await, @"
    HTTP/1.1 404 Not Found
    content-type: text/plain; charset=utf-8
    content-length: 19
    connection: close

    404 page not found
    ");
    let posted = running
        .tell(b"POST /health HTTP/1.1\r\nHost: example.com\r\n\r\n")
        .await;
    insta::assert_snapshot!(posted, @"
    HTTP/1.1 405 Method Not Allowed
    allow: GET,HEAD
    connection: close
    content-length: 0
    ");
    insta::assert_snapshot!(running.tell(b"hello\r\n\r\n").await, @"
    HTTP/1.1 400 Bad Request
    connection: close
    content-length: 0
    ");
}

#[tokio::test]
async fn a_long_question_is_not_read() {
    let running = start(well()).await;
    let long = format!(
        "GET /{} HTTP/1.1

",
        "a".repeat(9000)
    );
    let answer = running.tell(long.as_bytes()).await;
    // What is not read may cost the answer, too: the system then resets the connection.
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 431 "),
        "{answer}"
    );
}

#[tokio::test(start_paused = true)]
async fn who_never_finishes_a_question_is_cut_off() {
    let running = start(well()).await;
    assert_eq!(running.tell(b"GET /health HTTP/1.1\r\n").await, "");
}

#[tokio::test(start_paused = true)]
async fn silent_crowds_keep_nobody_out_for_long() {
    let running = start(well()).await;
    let mut crowd = Vec::new();
    for _ in 0..100 {
        crowd.push(TcpStream::connect(running.address).await.unwrap());
    }
    let begun = Instant::now();
    assert!(running.ask("/live").await.starts_with("HTTP/1.1 200 OK\n"));
    assert!(
        begun.elapsed() >= Duration::from_secs(15),
        "three crowds of 32 went first"
    );
}

#[tokio::test]
async fn it_ends_when_stopped_whoever_is_still_there() {
    let running = start(well()).await;
    let mut silent = TcpStream::connect(running.address).await.unwrap();
    assert!(running.ask("/live").await.starts_with("HTTP/1.1 200 OK\n"));
    running.stop.cancel();
    running.serving.await.unwrap();
    assert_eq!(silent.read(&mut [0]).await.unwrap_or_default(), 0);
    assert!(TcpStream::connect(running.address).await.is_err());
}

#[tokio::test]
async fn a_port_is_taken_once() {
    let first = HealthServer::bind("127.0.0.1", 0).await.unwrap();
    let second = HealthServer::bind("127.0.0.1", first.address().port()).await;
    assert!(matches!(second, Err(HealthError::InUse { .. })));
}

#[tokio::test]
async fn other_machines_addresses_are_refused() {
    // 192.0.2.0/24 is kept for documents (RFC 5737).
    let error = HealthServer::bind("192.0.2.1", 8081).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot answer health questions on 192.0.2.1:8081: this machine has no such address"
    );
}
