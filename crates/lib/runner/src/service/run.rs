//! The process: from its start to its end.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use http_client::{Client, Options};
use runtime::telemetry::{Metrics, ServiceName, Telemetry, TelemetrySettings};
use runtime::{Abandoned, Signals, Stop};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;
use tracing_subscriber::Layer as _;

use super::backoff::Spread;
use super::machine::Machine;
use super::plane::ControlPlane;
use super::readiness::Readiness;
use super::remote::{self, Remote};
use super::session::{Identity, Session};
use super::workplace::Workplace;
use super::{CallError, Rules, Service, credentials, greeting, poll, startup, watching};
use crate::actions::ActionRuns;
use crate::definition::{Connected, Definition};
use crate::error::RunError;
use crate::logging::{Details, More, Out, Sink};
use crate::oneshot::{self, LAST_WORDS};
use crate::progress::{Audience, Lines};
use crate::settings::{ServiceSettings, Settings};
use crate::system::{SystemClock, SystemIds};

/// How long tasks may take to end after the process was asked to. Kubernetes gives 30 s and then kills.
pub(super) const STOP_LIMIT: Duration = Duration::from_secs(25);

/// The longest that fetching a token may take, and the most bytes of the answer.
const TOKEN_LIMITS: (Duration, usize) = (Duration::from_secs(30), 64 << 10);

/// How long the last telemetry may take to be sent.
const LAST_TELEMETRY: Duration = Duration::from_secs(2);

/// Serves until somebody asks the process to end.
pub(crate) fn run(
    definition: &Definition,
    serve: ServiceSettings,
    settings: Settings,
    terminal: bool,
    asked: &CancellationToken,
) -> Result<(), RunError> {
    let audience = Arc::new(Audience {
        bars: None,
        lines: Some(Lines::default()),
    });
    let details = Details::default();
    let out = Out {
        sink: Sink::StandardError,
        terminal,
    };
    let runtime = oneshot::runtime()?;
    let machine = Machine::read(Path::new("/"));
    let host_id = serve.host_id.clone().unwrap_or_else(|| machine.host_id());
    let telemetry = telemetry(definition, &serve, &host_id)?;
    let more = More {
        details: Some(details.clone()),
        telemetry: Some(telemetry.layer().boxed()),
    };
    oneshot::log_to(definition, &settings.log, out, more)?;
    oneshot::tell_remarks(&settings.remarks, &audience);
    let connected = oneshot::connect(definition, settings.connect, settings.timeout, &audience)?;
    let ended = runtime.block_on(async {
        let health = serve.health.clone();
        let this = This {
            machine,
            host_id,
            details,
            metrics: telemetry.metrics(),
        };
        let service = Arc::new(open(definition, serve, connected, this)?);
        if let Some(endpoint) = health {
            let readiness = service.readiness.subscribe();
            let clock = Arc::clone(&service.clock);
            watching::begin(&endpoint, readiness, clock, service.stop.soft().clone()).await?;
        }
        let mut signals = Signals::listen().map_err(RunError::Runtime)?;
        let (asked, soft) = (asked.clone(), service.stop.soft().clone());
        let _ending = AbortOnDropHandle::new(tokio::spawn(async move {
            asked.cancelled().await;
            soft.cancel();
        }));
        until_stopped(&service, self::serve(&service), async || signals.next().await).await
    });
    telemetry.finish(LAST_TELEMETRY);
    runtime.shutdown_timeout(LAST_WORDS);
    ended
}

/// This process: where it runs, how it is called, who hears of it.
struct This {
    machine: Machine,
    host_id: String,
    details: Details,
    metrics: Metrics,
}

/// Telemetry, if somebody names a collector.
fn telemetry(definition: &Definition, serve: &ServiceSettings, host_id: &str) -> Result<Telemetry, RunError> {
    let Some(wanted) = &serve.telemetry else {
        return Ok(Telemetry::off());
    };
    Ok(Telemetry::start(&TelemetrySettings {
        collector: wanted.collector.clone(),
        security: wanted.security.clone(),
        traces: wanted.traces,
        logs: wanted.logs,
        service: ServiceName {
            name: definition.name.to_owned(),
            version: definition.version.to_owned(),
            host: host_id.to_owned(),
        },
    })?)
}

/// Must be called inside a runtime: the connection belongs to it.
fn open(
    definition: &Definition,
    settings: ServiceSettings,
    connected: Connected,
    this: This,
) -> Result<Service, RunError> {
    let rules = Rules {
        host_id: this.host_id,
        batched: settings.batched,
        concurrency: settings.concurrency,
        provisioning: settings.provisioning,
        ticketing: settings.ticketing,
        sync: settings.sync.clone(),
    };
    let base = rules.sync.folder.clone().unwrap_or_else(std::env::temp_dir);
    let plane = connect(definition, settings).map_err(RunError::Service)?;
    Ok(Service {
        hello: greeting::hello(definition, this.machine, &rules.host_id),
        workplace: Workplace::open(&base, definition.name).map_err(|source| no_folder(base, source))?,
        runs: ActionRuns::new(Arc::clone(&connected.actions), Arc::new(SystemIds)),
        definition: definition.clone(),
        rules,
        plane,
        connected,
        details: this.details,
        clock: Arc::new(SystemClock),
        ids: Arc::new(SystemIds),
        spread: Spread::new(Arc::new(SystemIds)),
        readiness: watch::Sender::new(Readiness::default()),
        stop: Stop::new(STOP_LIMIT),
        metrics: this.metrics,
    })
}

fn no_folder(folder: PathBuf, source: std::io::Error) -> RunError {
    RunError::Folder { folder, source }
}

fn connect(definition: &Definition, settings: ServiceSettings) -> Result<Arc<dyn ControlPlane>, CallError> {
    let program = format!("{}/{}", definition.name, definition.version);
    let (timeout, max_body) = TOKEN_LIMITS;
    let http = Client::new(Options {
        user_agent: program.clone(),
        timeout,
        max_body,
        ..Options::default()
    });
    let http = http.map_err(|error| CallError::Unreachable {
        reason: error.to_string(),
        hint: error.hint().to_owned(),
    })?;
    let channel = remote::channel(&settings.authority, &settings.client_id, &program)?;
    let identity = Identity {
        client: settings.client_id,
        secret: settings.secret,
    };
    let (clock, ids) = (Arc::new(SystemClock), Arc::new(SystemIds));
    let session = Session::new(http, &settings.authority, identity, clock, ids);
    Ok(Arc::new(Remote::new(channel, session)))
}

/// Says hello, and works on tasks until the process is to end.
pub(super) async fn serve(service: &Arc<Service>) -> Result<(), CallError> {
    let host_id = &service.rules.host_id;
    let version = service.definition.version;
    tracing::info!(
        host_id,
        version,
        "{} starts as a service",
        service.definition.name
    );
    let started = async {
        credentials::check(service).await;
        startup::greet(service).await
    };
    tokio::select! {
        () = service.stop.soft().cancelled() => return Ok(()),
        started = started => started?,
    }
    tracing::info!(host_id, "the control plane has answered hello; asking for tasks");
    let checking = Arc::clone(service);
    let _checking = AbortOnDropHandle::new(tokio::spawn(async move {
        credentials::keep_checking(&checking).await;
    }));
    poll::run(service).await;
    Ok(())
}

/// Lets the service run. The first signal gives it [`STOP_LIMIT`] to end; the second one ends it at once.
pub(super) async fn until_stopped(
    service: &Service,
    serving: impl Future<Output = Result<(), CallError>>,
    signal: impl AsyncFnMut() -> &'static str,
) -> Result<(), RunError> {
    match service.stop.run(serving, signal).await {
        Ok(end) => end.map_err(RunError::Service),
        Err(Abandoned::Signal(second)) => Err(RunError::Abandoned(second)),
        Err(Abandoned::Late) => {
            tracing::error!(
                "some tasks did not end in time; the control plane will give them to somebody else"
            );
            Ok(())
        }
    }
}
