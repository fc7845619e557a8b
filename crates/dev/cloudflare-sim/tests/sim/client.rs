//! A client of a few lines, so that tests see what is on the wire.

use std::{fmt::Write, io};

use cloudflare_sim::Running;
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// An answer as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Reply {
    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// A header, its name in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// `errors[0].code`.
    pub(crate) fn code(&self) -> u64 {
        self.json()["errors"][0]["code"].as_u64().unwrap()
    }

    /// `result` as a list.
    pub(crate) fn list(&self) -> Vec<Value> {
        self.json()["result"].as_array().unwrap().clone()
    }
}

/// GET with the all-powerful user token.
pub(crate) async fn get(sim: &Running, path: &str) -> Reply {
    let bearer = format!("Bearer {}", sim.token());
    call(sim, path, &[("Authorization", &bearer)]).await.unwrap()
}

/// GET below the account, with the all-powerful user token.
pub(crate) async fn account(sim: &Running, path: &str) -> Reply {
    get(sim, &format!("/accounts/{}{path}", sim.account_id())).await
}

/// GET with a bearer token.
pub(crate) async fn bearer(sim: &Running, path: &str, token: &str) -> Reply {
    call(sim, path, &[("Authorization", &format!("Bearer {token}"))])
        .await
        .unwrap()
}

/// A write below the account, with the all-powerful user token.
pub(crate) async fn write(sim: &Running, method: &str, path: &str, body: impl Into<Value>) -> Reply {
    let text = body.into().to_string();
    send(sim, method, path, &sim.token(), &text).await.unwrap()
}

/// A call below the account with any method, token and body.
pub(crate) async fn send(
    sim: &Running,
    method: &str,
    path: &str,
    token: &str,
    body: &str,
) -> io::Result<Reply> {
    let path = format!("/accounts/{}{path}", sim.account_id());
    let bearer = format!("Bearer {token}");
    exchange(
        sim,
        &format!("{method} /client/v4{path}"),
        &[("Authorization", &bearer)],
        body,
    )
    .await
}

/// GET on a connection of its own.
pub(crate) async fn call(sim: &Running, path: &str, headers: &[(&str, &str)]) -> io::Result<Reply> {
    exchange(sim, &format!("GET /client/v4{path}"), headers, "").await
}

async fn exchange(sim: &Running, start: &str, headers: &[(&str, &str)], body: &str) -> io::Result<Reply> {
    let mut stream = TcpStream::connect(sim.address()).await?;
    let mut lines = String::new();
    for (name, value) in headers {
        write!(lines, "{name}: {value}\r\n").unwrap();
    }
    let length = body.len();
    let request = format!(
        "{start} HTTP/1.1\r\nHost: sim\r\nConnection: close\r\nContent-Length: {length}\r\n{lines}\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await?;
    let mut text = String::new();
    stream.read_to_string(&mut text).await?;
    Ok(parse(&text))
}

fn parse(text: &str) -> Reply {
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let header = |line: &str| {
        let (name, value) = line.split_once(": ").unwrap();
        (name.to_lowercase(), value.to_owned())
    };
    Reply {
        status,
        headers: lines.map(header).collect(),
        body: body.to_owned(),
    }
}
