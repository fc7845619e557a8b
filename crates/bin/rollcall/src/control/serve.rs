//! `rollcall serve`: the service that connectors report to.

use std::io::IsTerminal as _;
use std::sync::Arc;
use std::time::Duration;

use governance::TaskRules;
use inspect::Ink;
use runtime::{Signals, Stop};
use task_service::{Certificate, Identity, Server, Settings, SystemSecrets, TaskService};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use super::place;
use crate::args::{LogFormat, LogLevel, Serve};
use crate::failure::Failure;
use crate::terminal;

/// How long the last calls may take: a little longer than the server itself waits for them.
const LAST_CALLS: Duration = Duration::from_secs(12);

pub(super) async fn run(serve: &Serve) -> Result<(), Failure> {
    begin_log(serve);
    let desk = place::desk(&serve.place, rules(serve)).await?;
    let files = place::files(&serve.place)?;
    let certificate = Certificate::load(&identity(serve), desk.now())
        .map_err(|error| Failure::new(error, "see --tls-certificate and --tls-key"))?;
    let service = TaskService::new(desk.clone(), files, settings(serve), Arc::new(SystemSecrets));
    let server = Server::listen(serve.listen).map_err(|error| Failure::new(error, "see --listen"))?;
    greet(serve, &server, &certificate)?;
    let stop = Stop::new(LAST_CALLS);
    let janitor = service.janitor();
    let watching = certificate.clone().watch(|| desk.now(), stop.soft().clone());
    let work = async {
        let ended = server.serve(service.router(), certificate, stop.soft().clone());
        let (ended, (), ()) = tokio::join!(ended, janitor.run(stop.soft().clone()), watching);
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
    let known = [host, "localhost", "127.0.0.1", "::1"];
    for name in known.into_iter().chain(serve.tls_name.iter().map(String::as_str)) {
        if !hosts.iter().any(|host| host == name) {
            hosts.push(name.to_owned());
        }
    }
    hosts
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
    let ours = ["rollcall", "governance", "runtime", "store", "task_service"].map(|name| (name, level));
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
