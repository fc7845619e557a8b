//! Many connectors that poll one service, or several on one database: how long a poll takes.
//!
//! `cargo bench -p rollcall --bench polling -- --connectors 1000 --seconds 60`, and with
//! `--postgres URL --services 2`. The services are processes of their own; the connectors are connections in this one,
//! which asks as real ones do: each every five seconds, over TLS, with a token of its own.

#![expect(clippy::unwrap_used, reason = "a measurement that fails says so")]
#![expect(clippy::print_stdout, reason = "the numbers are the result")]

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Parser;
use governance::{Desk, PublicKey, TaskRules};
use proto::baton_service_v1::BatonServiceGetTaskRequest;
use proto::baton_service_v1::baton_service_client::BatonServiceClient;
use runner::{SystemClock, SystemIds};
use store::Database;
use task_protocol::{ASSERTION_TYPE, ClientId, ClientSecret, GRANT_TYPE, TOKEN_PATH, assertion};
use task_service::{SecretSource as _, SystemSecrets};
use tempfile::TempDir;
use tonic::transport::{Certificate, Channel, ClientTlsConfig};

/// How often each connector asks.
const EVERY: Duration = Duration::from_secs(5);

#[derive(Parser)]
struct Args {
    #[arg(long, default_value_t = 1000)]
    connectors: usize,
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    #[arg(long, default_value_t = 1)]
    services: usize,
    /// An empty PostgreSQL database [default: SQLite]
    #[arg(long)]
    postgres: Option<String>,
    /// Given by cargo
    #[arg(long, hide = true)]
    bench: bool,
}

/// A running service, and where it listens.
struct Service {
    child: Child,
    address: SocketAddr,
}

impl Drop for Service {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn main() {
    let args = Args::parse();
    tokio::runtime::Runtime::new().unwrap().block_on(measure(&args));
}

async fn measure(args: &Args) {
    let folder = TempDir::new().unwrap();
    let services: Vec<Service> = (0..args.services).map(|_| serve(args, folder.path())).collect();
    let members = enrol(args, folder.path()).await;
    let root = std::fs::read(folder.path().join("tls").join("authority.pem")).unwrap();
    let mut connected = Vec::new();
    for (number, (id, secret)) in members.into_iter().enumerate() {
        let address = services.get(number % services.len()).unwrap().address;
        connected.push(connect(address, &root, &id, &secret).await);
    }
    let before: Vec<f64> = services
        .iter()
        .map(|service| cpu_seconds(service.child.id()))
        .collect();
    let until = Instant::now() + Duration::from_secs(args.seconds);
    let polling = connected
        .into_iter()
        .enumerate()
        .map(|(number, (client, token))| {
            let first = EVERY * u32::try_from(number).unwrap() / u32::try_from(args.connectors).unwrap();
            tokio::spawn(poll(client, token, first, until))
        });
    let polling: Vec<_> = polling.collect();
    let mut took = Vec::new();
    for one in polling {
        took.extend(one.await.unwrap());
    }
    took.sort_unstable();
    report(args, &took);
    for (service, before) in services.iter().zip(before) {
        let share =
            (cpu_seconds(service.child.id()) - before) / f64::from(u32::try_from(args.seconds).unwrap());
        println!(
            "service: {:.0} % of a core, {} KiB resident",
            share * 100.0,
            resident(service.child.id())
        );
    }
}

#[expect(clippy::disallowed_methods, reason = "another process is waited for")]
fn serve(args: &Args, data: &Path) -> Service {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_rollcall"));
    command
        .args([
            "serve",
            "--listen",
            &address.to_string(),
            "--log-level",
            "warn",
            "--data",
        ])
        .arg(data)
        .stdout(Stdio::null());
    if let Some(url) = &args.postgres {
        command.args(["--database-url", url]);
    }
    let child = command.spawn().unwrap();
    while TcpStream::connect(address).is_err() {
        std::thread::sleep(Duration::from_millis(20));
    }
    Service { child, address }
}

/// Adds the connectors with a credential each.
async fn enrol(args: &Args, data: &Path) -> Vec<(ClientId, ClientSecret)> {
    let database = match &args.postgres {
        Some(url) => Database::postgres(url).await,
        None => Database::sqlite(&data.join("rollcall.db")).await,
    };
    let (clock, ids) = (Arc::new(SystemClock), Arc::new(SystemIds));
    let (office, actor) = (
        Office::new(Arc::new(database.unwrap()), clock, ids),
        Actor::command("bench"),
    );
    let mut members = Vec::new();
    for number in 0..args.connectors {
        let new = NewConnector::self_hosted(&format!("Connector {number}"), Schedule::Never);
        let connector = office.add_connector(&actor, &new, "localhost").await.unwrap();
        let secret = ClientSecret::generate(SystemSecrets.secret().unwrap());
        let task_protocol::PublicKey(key) = secret.public_key();
        let id = |id: &governance::CredentialId| format!("{id}@localhost/bench");
        let added = office
            .add_credential(&actor, &connector.id, id, PublicKey(key), None)
            .await
            .unwrap();
        members.push((ClientId::parse(&added.client_id).unwrap(), secret));
    }
    members
}

/// A connection with an access token.
#[expect(clippy::disallowed_methods, reason = "a measurement, from outside")]
async fn connect(
    address: SocketAddr,
    root: &[u8],
    id: &ClientId,
    secret: &ClientSecret,
) -> (BatonServiceClient<Channel>, String) {
    rustls::crypto::ring::default_provider().install_default().ok();
    let now = std::time::SystemTime::now().into();
    let nonce = SystemSecrets.secret().unwrap();
    let signed = assertion::sign(id, secret, now, *nonce.first_chunk().unwrap());
    let form = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("client_assertion", &signed)
        .append_pair("client_assertion_type", ASSERTION_TYPE)
        .append_pair("client_id", id.as_str())
        .append_pair("grant_type", GRANT_TYPE)
        .finish();
    let client = reqwest::Client::builder()
        .tls_certs_only([reqwest::Certificate::from_pem(root).unwrap()])
        .build()
        .unwrap();
    let answer = client
        .post(format!("https://localhost:{}{TOKEN_PATH}", address.port()))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form)
        .send()
        .await
        .unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
    let token = answer
        .get("access_token")
        .and_then(serde_json::Value::as_str)
        .unwrap();
    let channel = Channel::from_shared(format!("https://localhost:{}", address.port()))
        .unwrap()
        .tls_config(ClientTlsConfig::new().ca_certificate(Certificate::from_pem(root)))
        .unwrap()
        .connect()
        .await
        .unwrap();
    (BatonServiceClient::new(channel), format!("Bearer {token}"))
}

/// Asks again and again, and gives how long each answer took.
async fn poll(
    mut client: BatonServiceClient<Channel>,
    token: String,
    first: Duration,
    until: Instant,
) -> Vec<Duration> {
    let mut took = Vec::new();
    tokio::time::sleep(first).await;
    while Instant::now() < until {
        let mut request = tonic::Request::new(BatonServiceGetTaskRequest {
            host_id: "bench".to_owned(),
        });
        request
            .metadata_mut()
            .insert("authorization", token.parse().unwrap());
        let began = Instant::now();
        client.get_task(request).await.unwrap();
        took.push(began.elapsed());
        tokio::time::sleep(EVERY).await;
    }
    took
}

fn report(args: &Args, took: &[Duration]) {
    let at = |share: usize| {
        took.get((took.len() * share / 1000).min(took.len() - 1))
            .unwrap()
            .as_secs_f64()
            * 1000.0
    };
    println!(
        "{} connectors, {} service(s), {}: {} polls; median {:.1} ms, p99 {:.1} ms, longest {:.1} ms",
        args.connectors,
        args.services,
        if args.postgres.is_some() {
            "PostgreSQL"
        } else {
            "SQLite"
        },
        took.len(),
        at(500),
        at(990),
        at(1000),
    );
}

/// Seconds of processor time that a process has used (proc(5), fields 14 and 15, in hundredths).
fn cpu_seconds(process: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    let ticks = |index: usize| fields.get(index).unwrap().parse::<f64>().unwrap();
    (ticks(11) + ticks(12)) / 100.0
}

/// KiB that a process has in memory.
fn resident(process: u32) -> String {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    line.split_whitespace().nth(1).unwrap().to_owned()
}
