//! The service under test, and what stands around it.

mod account;
mod plane;
mod tokens;

use std::sync::Arc;
use std::time::Duration;

use chrono::DateTime;
use connector::ConnectorError;
use http_client::{Client, Options};
use model::{FixedClock, SeededIds};
use proto::baton_service_v1::Task;
use proto::baton_service_v1::baton_service_server::BatonServiceServer;
use proto::baton_service_v1::task::{GrantTask, SyncFullTask, TaskType};
use proto::connector_v2 as wire;
use task_protocol::{ClientId, ClientSecret};
use tempfile::TempDir;
use tokio::sync::watch;

pub(super) use account::Account;
pub(super) use plane::{Beat, Plan, Plane};
pub(super) use tokens::Tokens;

use crate::actions::ActionRuns;
use crate::definition::Connected;
use crate::error::RunError;
use crate::logging::Details;
use crate::service::backoff::Spread;
use crate::service::machine::Machine;
use crate::service::readiness::Readiness;
use crate::service::remote::Remote;
use crate::service::run::{STOP_LIMIT, serve, until_stopped};
use crate::service::session::{Identity, Session};
use crate::service::workplace::Workplace;
use crate::service::{Rules, Service, greeting};
use crate::settings::SyncRules;
use crate::testing::DEFINITION;

/// When it is.
pub(super) const NOW: i64 = 1_795_590_000;

/// A service, and what it talks to.
pub(super) struct Office {
    pub(super) plane: Plane,
    pub(super) tokens: Arc<Tokens>,
    pub(super) account: Arc<Account>,
    pub(super) service: Arc<Service>,
    pub(super) folder: TempDir,
}

impl Office {
    pub(super) fn new(plan: Plan) -> Self {
        Self::with(plan, Account::default(), usual_rules())
    }

    pub(super) fn with(plan: Plan, account: Account, rules: Rules) -> Self {
        let (plane, tokens, account) = (Plane::new(plan), Arc::new(Tokens::default()), Arc::new(account));
        let folder = TempDir::new().unwrap();
        let service = Arc::new(service(&plane, &tokens, &account, rules, &folder));
        Self {
            plane,
            tokens,
            account,
            service,
            folder,
        }
    }

    /// Runs, with signals after so many seconds each.
    pub(super) async fn run(&self, signals: &[u64]) -> Result<(), RunError> {
        let mut waits: Vec<_> = signals
            .iter()
            .rev()
            .map(|wait| Duration::from_secs(*wait))
            .collect();
        let signal = async move || match waits.pop() {
            Some(wait) => {
                tokio::time::sleep(wait).await;
                "SIGTERM"
            }
            None => std::future::pending().await,
        };
        until_stopped(&self.service, serve(&self.service), signal).await
    }

    /// What was said, after the service ran for so long.
    pub(super) async fn conversation(&self, seconds: u64) -> String {
        self.run(&[seconds]).await.unwrap();
        self.plane.heard()
    }
}

fn service(
    plane: &Plane,
    tokens: &Arc<Tokens>,
    account: &Arc<Account>,
    rules: Rules,
    folder: &TempDir,
) -> Service {
    let clock = Arc::new(FixedClock(DateTime::from_timestamp(NOW, 0).unwrap()));
    let http = Client::with_transport(Arc::clone(tokens) as _, Options::default());
    let identity = Identity {
        client: ClientId::parse("fake-1@rollcall.example.com:8443/valid").unwrap(),
        secret: ClientSecret::generate([7; 32]),
    };
    let ids = || Arc::new(SeededIds::new(0));
    let session = Session::new(http, "rollcall.example.com:8443", identity, clock.clone(), ids());
    let connected = Connected {
        syncer: Arc::clone(account) as _,
        provisioner: Arc::clone(account) as _,
        actions: Arc::clone(account) as _,
        events: Arc::clone(account) as _,
        calls: Arc::new(|| 0),
    };
    let server = BatonServiceServer::new(plane.clone());
    Service {
        hello: greeting::hello(&DEFINITION, Machine::read(folder.path()), &rules.host_id),
        workplace: Workplace::open(folder.path(), "baton-fake").unwrap(),
        runs: ActionRuns::new(Arc::clone(&connected.actions), ids()),
        definition: DEFINITION,
        rules,
        plane: Arc::new(Remote::new(server, session)),
        connected,
        details: Details::default(),
        clock,
        ids: ids(),
        spread: Spread::new(ids()),
        readiness: watch::Sender::new(Readiness::default()),
        stop: runtime::Stop::new(STOP_LIMIT),
        metrics: runtime::telemetry::Metrics::off(),
    }
}

/// What most people would say.
pub(super) fn usual_rules() -> Rules {
    Rules {
        host_id: "host".to_owned(),
        batched: false,
        concurrency: 3,
        provisioning: true,
        ticketing: false,
        sync: SyncRules {
            skip: false,
            types: Vec::new(),
            workers: 1,
            engine_given: false,
            folder: None,
            limits: c1z::Limits::default(),
        },
    }
}

/// A task with an id that keeps to the rules.
pub(super) fn task(name: &str, kind: TaskType) -> Task {
    Task {
        id: format!("{name:0>27}"),
        task_type: Some(kind),
        ..Task::default()
    }
}

pub(super) fn sync_task(name: &str) -> Task {
    task(name, TaskType::SyncFull(SyncFullTask::default()))
}

pub(super) fn grant_task(name: &str) -> Task {
    let wanted = GrantTask {
        entitlement: Some(entitlement("role")),
        principal: Some(resource("user", "u1")),
        ..GrantTask::default()
    };
    task(name, TaskType::Grant(wanted))
}

pub(super) fn resource(kind: &str, id: &str) -> wire::Resource {
    wire::Resource {
        id: Some(resource_id(kind, id)),
        display_name: id.to_owned(),
        ..wire::Resource::default()
    }
}

pub(super) fn resource_id(kind: &str, id: &str) -> wire::ResourceId {
    wire::ResourceId {
        resource_type: kind.to_owned(),
        resource: id.to_owned(),
        ..wire::ResourceId::default()
    }
}

pub(super) fn entitlement(kind: &str) -> wire::Entitlement {
    wire::Entitlement {
        id: format!("{kind}:r1:member"),
        slug: "member".to_owned(),
        resource: Some(resource(kind, "r1")),
        ..wire::Entitlement::default()
    }
}

pub(super) fn refusal(kind: connector::ErrorKind) -> ConnectorError {
    ConnectorError::new(kind, "Ada is the last owner").with_hint("make somebody else an owner first")
}
