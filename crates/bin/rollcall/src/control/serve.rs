//! `rollcall serve`: the service that connectors report to.

use std::io::IsTerminal as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use ::hosting::{Hosted, HostingError, Wanted};
use async_trait::async_trait;
use governance::TaskRules;
use inspect::Ink;
use runtime::{Signals, Stop};
use task_service::{Certificate, Identity, Server, Settings, SystemSecrets, TaskService};
use tokio_util::sync::CancellationToken;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use super::place;
use crate::args::{LogFormat, LogLevel, Serve};
use crate::failure::Failure;
use crate::hosting::{self, Here};
use crate::terminal;

/// How long connectors that run here may take to end. The service answers them until then.
const LAST_WORK: Duration = Duration::from_secs(30);
/// How long the last calls may take: a little longer than the server itself waits for them.
const LAST_CALLS: Duration = Duration::from_secs(12);

/// Nobody wants a connector to run beside the service.
struct Nobody;

#[async_trait]
impl Wanted for Nobody {
    async fn wanted(&self) -> Result<Vec<Hosted>, HostingError> {
        Ok(Vec::new())
    }

    async fn changed(&self) {
        std::future::pending().await
    }
}

pub(super) async fn run(serve: &Serve) -> Result<(), Failure> {
    begin_log(serve);
    let desk = place::desk(&serve.place, rules(serve)).await?;
    let files = place::files(&serve.place)?;
    let certificate = Certificate::load(&identity(serve), desk.now())
        .map_err(|error| Failure::new(error, "see --tls-certificate and --tls-key"))?;
    let service = TaskService::new(desk.clone(), files, settings(serve), Arc::new(SystemSecrets));
    let server = Server::listen(serve.listen).map_err(|error| Failure::new(error, "see --listen"))?;
    greet(serve, &server, &certificate)?;
    let hosting = hosting::hosting(here(serve, &server, &certificate)?, &desk, Arc::new(Nobody))
        .map_err(|error| Failure::new(error, "see --data"))?;
    let (stop, closing) = (Stop::new(LAST_WORK + LAST_CALLS), CancellationToken::new());
    let janitor = service.janitor();
    let work = async {
        let ended = server.serve(service.router(), certificate, closing.clone());
        let hosted = async {
            hosting.run(stop.soft().clone()).await;
            closing.cancel();
        };
        let (ended, (), ()) = tokio::join!(ended, hosted, janitor.run(stop.soft().clone()));
        ended
    };
    let mut signals = Signals::listen()?;
    match stop.run(work, async || signals.next().await).await {
        Ok(ended) => ended.map_err(|error| Failure::new(error, "")),
        Err(_) => Err(Failure::new("calls under way were broken off", "")),
    }
}

fn rules(serve: &Serve) -> TaskRules {
    TaskRules::for_heartbeat(Duration::from_secs(serve.heartbeat.into()))
}

fn settings(serve: &Serve) -> Settings {
    Settings {
        next_poll: Duration::from_secs(serve.poll.into()),
        largest_upload: serve.largest_upload << 20,
        keep_files: Duration::from_hours(24 * u64::from(serve.keep_files)),
        ..Settings::default()
    }
}

fn identity(serve: &Serve) -> Identity {
    match (&serve.tls_certificate, &serve.tls_key) {
        (Some(certificate), Some(key)) => Identity::Files {
            certificate: certificate.clone(),
            key: key.clone(),
        },
        _ => Identity::Own {
            folder: serve.place.data.join("tls"),
            hosts: hosts(serve),
        },
    }
}

/// The names that a certificate of our own is good for: the one that connectors are told, this machine's own, and what
/// else is asked for.
fn hosts(serve: &Serve) -> Vec<String> {
    let address = serve.place.address.as_str();
    let host = address.rsplit_once(':').map_or(address, |(host, _)| host);
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let mut hosts: Vec<String> = Vec::new();
    let listens = serve.listen.ip().to_string();
    let known = [host, "localhost", "127.0.0.1", "::1", listens.as_str()];
    for name in known.into_iter().chain(serve.tls_name.iter().map(String::as_str)) {
        if !hosts.iter().any(|host| host == name) {
            hosts.push(name.to_owned());
        }
    }
    hosts
}

/// What connectors that run beside the service have to know of it.
fn here(serve: &Serve, server: &Server, certificate: &Certificate) -> Result<Here, Failure> {
    let authority = certificate.authority.as_ref();
    Ok(Here {
        program: std::env::current_exe()?,
        folder: serve.place.data.join("hosted"),
        address: serve.place.address.clone(),
        near: authority.map_or_else(|| serve.place.address.clone(), |_| near(server.address())),
        authority: authority.map(|authority| authority.file.clone()),
    })
}

/// Where this machine reaches what listens there. A certificate of our own is good for that name; one that was given
/// is good for the service's address.
fn near(listens: SocketAddr) -> String {
    let ip = listens.ip();
    if ip.is_unspecified() || ip.is_loopback() {
        format!("localhost:{}", listens.port())
    } else {
        listens.to_string()
    }
}

/// What a person has to know to point a connector here.
fn greet(serve: &Serve, server: &Server, certificate: &Certificate) -> Result<(), Failure> {
    tracing::info!(address = %server.address(), "listening");
    terminal::with_screen(|screen| {
        writeln!(screen.out, "Rollcall listens on {}.", server.address())?;
        writeln!(screen.out, "Connectors reach it at {}.", serve.place.address)?;
        if let Some(authority) = &certificate.authority {
            screen.gap()?;
            screen.paragraph(
                Ink::Plain,
                "",
                "Its certificate is of its own making. Connectors believe it when they are pointed at its authority:",
            )?;
            writeln!(screen.out, "  export SSL_CERT_FILE={}", authority.file.display())?;
            writeln!(screen.out, "  SHA-256 {}", authority.fingerprint)?;
        }
        screen.gap()?;
        screen.paragraph(
            Ink::Faint,
            "",
            "`rollcall connectors add NAME` adds a connector. Ctrl-C ends the service.",
        )?;
        Ok(())
    })?;
    Ok(())
}

fn begin_log(serve: &Serve) {
    let level = match serve.log_level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
    };
    // Of others' libraries only what is wrong is of interest.
    let ours = [
        "rollcall",
        "governance",
        "hosting",
        "runtime",
        "store",
        "task_service",
    ]
    .map(|name| (name, level));
    let filter = Targets::new()
        .with_default(LevelFilter::WARN.min(level))
        .with_targets(ours);
    let layer = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false);
    let log = tracing_subscriber::registry().with(filter);
    // The first one stays, and there is no other.
    match serve.log_format {
        LogFormat::Text => log.with(layer).try_init().ok(),
        LogFormat::Json => log.with(layer.json().flatten_event(true)).try_init().ok(),
    };
}
