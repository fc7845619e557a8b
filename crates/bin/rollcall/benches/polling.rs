//! Many connectors that poll one service, or several on one database: how long a poll takes.
//!
//! `cargo bench -p rollcall --bench polling -- --connectors 1000 --seconds 60`, and with
//! `--postgres URL --services 2`. The services are processes of their own; the connectors are connections in this one,
//! which asks as real ones do: each every five seconds, over TLS, with a token of its own.

#![expect(clippy::unwrap_used, reason = "a measurement that fails says so")]
#![expect(clippy::print_stdout, reason = "the numbers are the result")]

mod plane;

use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use clap::Parser;
use plane::Service;
use proto::baton_service_v1::BatonServiceGetTaskRequest;
use proto::baton_service_v1::baton_service_client::BatonServiceClient;
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

fn main() {
    let args = Args::parse();
    tokio::runtime::Runtime::new().unwrap().block_on(measure(&args));
}

async fn measure(args: &Args) {
    let folder = TempDir::new().unwrap();
    let services: Vec<Service> = (0..args.services)
        .map(|_| plane::serve(folder.path(), args.postgres.as_deref()))
        .collect();
    let members = enrol(args, folder.path()).await;
    let root = std::fs::read(folder.path().join("tls").join("authority.pem")).unwrap();
    let mut connected = Vec::new();
    for (number, (id, secret)) in members.into_iter().enumerate() {
        let address = services.get(number % services.len()).unwrap().address;
        connected.push(connect(address, &root, &id, &secret).await);
    }
    let before: Vec<f64> = services
        .iter()
        .map(|service| cpu_seconds(service.process.0.id()))
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
        tell(args, service, before);
    }
}

/// What a service took since it had used so many seconds.
fn tell(args: &Args, service: &Service, before: f64) {
    let process = service.process.0.id();
    let seconds = f64::from(u32::try_from(args.seconds).unwrap());
    let share = (cpu_seconds(process) - before) / seconds;
    println!(
        "service: {:.0} % of a core, {:.1} MiB resident",
        share * 100.0,
        plane::memory(process, "VmRSS:")
    );
}

/// Adds the connectors with a credential each.
async fn enrol(args: &Args, data: &Path) -> Vec<(ClientId, ClientSecret)> {
    let office = plane::office(data, args.postgres.as_deref()).await;
    let mut members = Vec::new();
    for number in 0..args.connectors {
        let name = format!("Connector {number}");
        let (_, id, secret) = plane::enrol(&office, &name, "localhost").await;
        members.push((id, secret));
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
