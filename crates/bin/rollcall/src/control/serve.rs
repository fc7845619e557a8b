//! `rollcall serve`: the console for people and the service that connectors report to, on one host and port.

mod log;
mod tls;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use ::console::Console;
use governance::repository::Store;
use governance::{Office, TaskRules};
use inspect::Ink;
use runner::SystemRandomness;
use runtime::{Signals, Stop};
use secrecy::ExposeSecret as _;
use task_service::{Certificate, ServeError, Server, Settings, SystemSecrets, TaskService};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::place;
use crate::args::{ProxyHeader, Serve};
use crate::bringing::Receiving;
use crate::console::{self, Believing, Given, Post, WantedHere};
use crate::failure::Failure;
use crate::hosting::{self, Here, Hosting};
use crate::terminal;

/// How long connectors that run here may take to end. The service answers them until then.
const LAST_WORK: Duration = Duration::from_secs(30);
/// How long the last calls may take: a little longer than the server itself waits for them.
const LAST_CALLS: Duration = Duration::from_secs(12);

pub(super) async fn run(serve: &Serve) -> Result<(), Failure> {
    log::begin(serve);
    let parts = Parts::open(serve).await?;
    greet(serve, &parts.server, &parts.certificate)?;
    invite(serve, &parts.office).await?;
    let stop = Stop::new(LAST_WORK + LAST_CALLS);
    let work = Box::pin(parts.run(stop.soft().clone()));
    let mut signals = Signals::listen()?;
    match Box::pin(stop.run(work, async || signals.next().await)).await {
        Ok(ended) => ended.map_err(|error| Failure::new(error, "")),
        Err(_) => Err(Failure::new("calls under way were broken off", "")),
    }
}

/// Everything that runs, and what it needs.
struct Parts {
    office: Office,
    server: Server,
    certificate: Certificate,
    service: TaskService,
    console: Console,
    hosting: Hosting,
    believing: Believing,
    post: Post,
}

impl Parts {
    async fn open(serve: &Serve) -> Result<Self, Failure> {
        let database = place::database(&serve.place).await?;
        let desk = place::desk_over(database.clone(), rules(serve));
        let office = place::office_over(database.clone());
        let store: Arc<dyn Store> = Arc::new(database);
        let files = place::files(&serve.place)?;
        let keys = console::keys(&serve.key_ring())?;
        let certificate = tls::certificate(serve, desk.now())?;
        let server = Server::listen(serve.listen).map_err(|error| Failure::new(error, "see --listen"))?;
        let changed = Arc::new(Notify::new());
        let wanted = WantedHere {
            office: office.clone(),
            keys: Arc::clone(&keys),
            changed: Arc::clone(&changed),
            elsewhere: serve.no_hosting,
            cloudflare: serve.cloudflare.clone(),
        };
        let here = here(serve, &server, &certificate)?;
        let hosting = hosting::hosting(here, (&desk, &office), Arc::new(wanted));
        Ok(Self {
            console: console::console(Given {
                office: &office,
                keys: &keys,
                receiving: Receiving {
                    files: files.clone(),
                    settings: settings(serve),
                    folder: serve.place.data.join("spool"),
                },
                cloudflare: serve.cloudflare.as_deref(),
                settings: pages(serve, &certificate),
                changed: &changed,
            })?,
            service: TaskService::new(desk, files.clone(), settings(serve), Arc::new(SystemSecrets)),
            hosting: hosting.map_err(|error| Failure::new(error, "see --data"))?,
            post: post(serve, Arc::clone(&store))?,
            believing: Believing {
                office: office.clone(),
                store,
                files,
                folder: serve.place.data.join("spool"),
            },
            office,
            server,
            certificate,
        })
    }

    /// Runs until it is told to stop. The service answers until what runs beside it has ended.
    async fn run(self, stop: CancellationToken) -> Result<(), ServeError> {
        let closing = CancellationToken::new();
        let janitor = self.service.janitor();
        let now = || self.office.now();
        let watching = self.certificate.clone().watch(now, stop.clone());
        // What is at no address of the service is the console's to answer: clients of the service take its 404 for
        // *not implemented*.
        let router = self.service.router().reset_fallback();
        let router = router.merge(self.console.router());
        let ended = self.server.serve(router, self.certificate, closing.clone());
        let hosted = async {
            self.hosting.run(stop.clone()).await;
            closing.cancel();
        };
        let beside = async {
            let stop = || stop.clone();
            tokio::join!(
                janitor.run(stop()),
                self.believing.run(stop()),
                self.post.run(stop()),
                watching
            );
        };
        let (ended, (), ()) = tokio::join!(ended, hosted, beside);
        ended
    }
}

/// How the pages are set up.
fn pages(serve: &Serve, certificate: &Certificate) -> ::console::Settings {
    ::console::Settings {
        address: serve.place.address.clone(),
        strength: authn::Strength::RECOMMENDED,
        sync: task_service::sync_work,
        largest_file: serve.largest_upload << 20,
        authority: certificate
            .authority
            .as_ref()
            .map(|authority| authority.file.clone()),
        plain_loopback: serve.plain_loopback,
        proxies: ::console::Proxies {
            networks: serve.trusted_proxy.clone(),
            header: match serve.proxy_header {
                ProxyHeader::XForwardedFor => ::console::ProxyHeader::XForwardedFor,
                ProxyHeader::Forwarded => ::console::ProxyHeader::Forwarded,
            },
        },
    }
}

fn post(serve: &Serve, store: Arc<dyn Store>) -> Result<Post, Failure> {
    let folder = serve.place.data.join("mail");
    Post::new(store, serve.mail.as_ref(), &serve.mail_from, &folder)
}

/// Prints the link to the first start while nobody is there.
async fn invite(serve: &Serve, office: &Office) -> Result<(), Failure> {
    let link = ::console::first_start_link(office, &SystemRandomness, &serve.place.address).await?;
    let Some(link) = link else {
        return Ok(());
    };
    terminal::with_screen(|screen| {
        screen.gap()?;
        screen.paragraph(
            Ink::Plain,
            "",
            "Nobody has set the console up yet. Open this link within an hour to become its first user:",
        )?;
        writeln!(screen.out, "  {}", link.expose_secret())?;
        Ok(())
    })?;
    Ok(())
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

/// What connectors that run beside the service have to know of it.
fn here(serve: &Serve, server: &Server, certificate: &Certificate) -> Result<Here, Failure> {
    let authority = certificate.authority.as_ref();
    Ok(Here {
        program: std::env::current_exe()?,
        folder: serve.place.data.join("hosted"),
        address: serve.place.address.clone(),
        near: authority.map_or_else(|| serve.place.address.clone(), |_| near(server.address())),
        authority: authority.map(|authority| authority.file.clone()),
        lease: Duration::from_secs(serve.hosting_lease.into()),
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
        writeln!(
            screen.out,
            "The console is at https://{0}, and connectors report to {0}.",
            serve.place.address
        )?;
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
        screen.paragraph(Ink::Faint, "", "Ctrl-C ends the service.")?;
        Ok(())
    })?;
    Ok(())
}
