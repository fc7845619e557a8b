use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::{Checks, HealthServer, Verdict};

/// A program that works, and is not quite well.
struct Program;

impl Checks for Program {
    fn health(&self) -> Verdict {
        Verdict {
            ok: false,
            details: vec![("error", "the credential is \"rejected\"".to_owned())],
        }
    }

    fn readiness(&self) -> Verdict {
        Verdict {
            ok: true,
            details: vec![("control_plane", "connected".to_owned())],
        }
    }
}

async fn serving() -> (std::net::SocketAddr, DropGuard) {
    let server = HealthServer::bind("127.0.0.1", 0).await.unwrap();
    let (address, stop) = (server.address(), CancellationToken::new());
    let now = Arc::new(|| "2026-10-01T08:00:00Z".parse().unwrap());
    tokio::spawn(server.serve(Arc::new(Program), now, stop.clone()));
    (address, stop.drop_guard())
}

async fn ask(address: std::net::SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let kind = head
        .lines()
        .find_map(|line| line.strip_prefix("content-type: "))
        .unwrap();
    format!("{}\n{kind}\n{body}", head.lines().next().unwrap())
}

#[tokio::test]
async fn each_question_has_its_answer() {
    let (address, _stop) = serving().await;
    let mut page = String::new();
    for path in ["/health", "/ready", "/live", "/other"] {
        page.push_str(&ask(address, path).await);
    }
    insta::assert_snapshot!(page, @r#"
    HTTP/1.0 503 Service Unavailable
    application/json
    {"status":"unhealthy","timestamp":"2026-10-01T08:00:00Z","details":{"error":"the credential is \"rejected\""}}
    HTTP/1.0 200 OK
    application/json
    {"status":"ready","timestamp":"2026-10-01T08:00:00Z","details":{"control_plane":"connected"}}
    HTTP/1.0 200 OK
    application/json
    {"status":"alive","timestamp":"2026-10-01T08:00:00Z"}
    HTTP/1.0 404 Not Found
    text/plain; charset=utf-8
    404 page not found
    "#);
}

#[tokio::test]
async fn it_ends_when_it_is_told_to() {
    let (address, stop) = serving().await;
    ask(address, "/live").await;
    drop(stop);
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn an_address_that_is_not_to_be_had_is_named() {
    let (address, _stop) = serving().await;
    let taken = HealthServer::bind("127.0.0.1", address.port()).await.unwrap_err();
    let said = taken.to_string().replace(&address.port().to_string(), "[port]");
    insta::assert_snapshot!(said, @"cannot answer questions about health on 127.0.0.1:[port]: Address already in use (os error 98)");
    let wrong = HealthServer::bind("example.com", 0).await.unwrap_err();
    insta::assert_snapshot!(wrong, @"`example.com` is no IP address to answer questions about health on");
    assert!(HealthServer::bind("[::1]", 0).await.is_ok() || cfg!(not(target_os = "linux")));
}
