//! A service with connectors beside it.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ::hosting::{Hosted, HostingError, Wanted};
use assert_cmd::cargo::cargo_bin;
use async_trait::async_trait;
use cloudflare_sim::{Options, Running, Sim, demo};
use governance::{
    Actor, Connector, Desk, End, LogEntry, LogPage, LogQuery, NewConnector, Office, Schedule, TaskId,
    TaskRules, TaskState,
};
use runner::{SystemClock, SystemIds};
use secrecy::SecretString;
use store::Database;
use task_service::{Certificate, FileStore, Identity, Server, Settings, SystemSecrets, TaskService};
use tempfile::TempDir;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::hosting::{Here, hosting};
use crate::processes;

/// The longest that anything may take which the tests wait for. It only ends what would hang.
pub(crate) const PATIENCE: Duration = Duration::from_secs(90);

/// Settings of a connector, as whoever set it up gave them.
pub(crate) type Given = Vec<(String, String)>;

/// What is wanted, for tests to say.
pub(crate) struct Wishes(watch::Sender<Vec<Hosted>>);

#[async_trait]
impl Wanted for Wishes {
    async fn wanted(&self) -> Result<Vec<Hosted>, HostingError> {
        Ok(self.0.borrow().clone())
    }

    async fn changed(&self) {
        self.0.subscribe().changed().await.unwrap();
    }
}

/// What processes have to know of a service.
fn here(data: &Path, address: String, certificate: &Certificate) -> Here {
    let authority = certificate.authority.as_ref();
    Here {
        program: cargo_bin!("rollcall").to_owned(),
        folder: data.join("hosted"),
        address: address.clone(),
        near: address,
        authority: authority.map(|authority| authority.file.clone()),
        lease: Duration::from_secs(12),
    }
}

/// A running service, and what it hosts.
pub(crate) struct Service {
    pub(crate) desk: Desk,
    pub(crate) office: Office,
    data: PathBuf,
    wishes: Arc<Wishes>,
    stop: CancellationToken,
    running: JoinHandle<()>,
}

impl Service {
    /// Starts one that keeps its state in a folder.
    pub(crate) async fn start(data: &Path) -> Self {
        let database = Database::sqlite(&data.join("rollcall.db")).await.unwrap();
        let rules = TaskRules::for_heartbeat(Duration::from_secs(1));
        let office = Office::new(
            Arc::new(database.clone()),
            Arc::new(SystemClock),
            Arc::new(SystemIds),
        );
        let desk = Desk::new(
            Arc::new(database),
            Arc::new(SystemClock),
            Arc::new(SystemIds),
            rules,
        );
        let identity = Identity::Own {
            folder: data.join("tls"),
            hosts: vec!["localhost".to_owned()],
        };
        let certificate = Certificate::load(&identity, desk.now()).unwrap();
        let files = FileStore::folder(&data.join("files"), &data.join("spool")).unwrap();
        let settings = Settings {
            next_poll: Duration::from_secs(1),
            ..Settings::default()
        };
        let service = TaskService::new(desk.clone(), files, settings, Arc::new(SystemSecrets));
        let server = Server::listen(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
        let address = format!("localhost:{}", server.address().port());
        let here = here(data, address, &certificate);
        let wishes = Arc::new(Wishes(watch::Sender::new(Vec::new())));
        let hosting = hosting(here, (&desk, &office), wishes.clone()).unwrap();
        let stop = CancellationToken::new();
        let (asked, closing) = (stop.clone(), CancellationToken::new());
        let running = tokio::spawn(async move {
            let janitor = service.janitor();
            let serving = server.serve(service.router(), certificate, closing.clone());
            let hosted = async {
                hosting.run(asked.clone()).await;
                closing.cancel();
            };
            let (ended, (), ()) = tokio::join!(serving, hosted, janitor.run(asked.clone()));
            ended.unwrap();
        });
        Self {
            desk,
            office,
            data: data.to_owned(),
            wishes,
            stop,
            running,
        }
    }

    /// Wants connectors to run, with a revision of their settings.
    pub(crate) fn want(&self, wanted: &[(&Connector, i64, Given)]) {
        let hosted = wanted.iter().map(|(connector, revision, given)| Hosted {
            connector: connector.id.clone(),
            revision: *revision,
            settings: given
                .iter()
                .map(|(name, value)| (name.clone(), SecretString::from(value.as_str())))
                .collect(),
        });
        self.wishes.0.send_replace(hosted.collect());
    }

    /// Ends it in good order.
    pub(crate) async fn stop(self) -> Desk {
        self.stop.cancel();
        tokio::time::timeout(PATIENCE, self.running)
            .await
            .unwrap()
            .unwrap();
        self.desk
    }

    pub(crate) async fn add(&self, name: &str) -> Connector {
        let new = NewConnector::self_hosted(name, Schedule::Never);
        let actor = Actor::command("tests");
        self.office
            .add_connector(&actor, &new, "localhost")
            .await
            .unwrap()
    }

    /// The working folder of a connector's process.
    pub(crate) fn folder(&self, connector: &Connector) -> PathBuf {
        self.data.join("hosted").join(connector.id.as_str())
    }

    /// The process of a connector, once there is one that is none of these.
    pub(crate) async fn process(&self, connector: &Connector, known: &[u32]) -> u32 {
        let folder = self.folder(connector);
        let mut found = None;
        self.until("a process runs", async || {
            let all = if folder.exists() {
                processes::below(&folder)
            } else {
                Vec::new()
            };
            found = all.into_iter().find(|id| !known.contains(id));
            found.is_some()
        })
        .await;
        found.unwrap()
    }

    /// Lets a connector read everything.
    pub(crate) async fn sync(&self, connector: &Connector) -> TaskId {
        let everything = task_service::sync_work(&BTreeSet::new());
        let asked = self.desk.ask(&connector.id, everything).await;
        let id = asked.unwrap().id;
        let mut end = None;
        self.until("the sync ends", async || {
            let task = self.desk.store().task(&id).await.unwrap().unwrap().value;
            if let TaskState::Finished { end: how, .. } = task.state {
                end = Some(how);
            }
            end.is_some()
        })
        .await;
        assert!(matches!(end, Some(End::Succeeded(_))), "{end:?}");
        id
    }

    /// A connector's log, the oldest line first.
    pub(crate) async fn log(&self, query: &LogQuery) -> Vec<LogEntry> {
        let found = self.desk.store().log(query, LogPage::Newest, 1000).await;
        let mut found = found.unwrap();
        found.reverse();
        found
    }

    /// Waits until a connector's log has this.
    pub(crate) async fn until_logged(&self, connector: &Connector, text: &str) {
        let query = LogQuery {
            text: text.to_owned(),
            ..LogQuery::all(connector.id.clone())
        };
        self.until(&format!("`{text}` is logged"), async || {
            !self.log(&query).await.is_empty()
        })
        .await;
    }

    /// Waits for something, looking again and again.
    pub(crate) async fn until(&self, what: &str, mut so: impl AsyncFnMut() -> bool) {
        let began = Instant::now();
        while !so().await {
            assert!(
                began.elapsed() < PATIENCE,
                "never: {what}\n{}",
                self.everything().await
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn everything(&self) -> String {
        let mut all = Vec::new();
        for connector in self.desk.store().connectors().await.unwrap() {
            for LogEntry { line, .. } in self.log(&LogQuery::all(connector.id)).await {
                all.push(format!(
                    "{} {} {} {:?}",
                    connector.name, line.level, line.message, line.fields
                ));
            }
        }
        all.join("\n")
    }

    /// How many credentials of a connector are good, and how many are not any more.
    pub(crate) async fn keys(desk: &Desk, connector: &Connector) -> (usize, usize) {
        let all = desk.store().credentials(&connector.id).await.unwrap();
        let good = all.iter().filter(|key| key.revoked_at.is_none()).count();
        (good, all.len() - good)
    }
}

/// A service, and a company's account to read.
pub(crate) struct World {
    pub(crate) sim: Running,
    pub(crate) service: Service,
    pub(crate) folder: TempDir,
}

impl World {
    pub(crate) async fn new() -> Self {
        let now = "2026-10-01T00:00:00Z".parse().unwrap();
        let sim = Sim::new(demo::example_retail(now), Options::unlimited());
        let folder = TempDir::new().unwrap();
        Self {
            sim: sim.start().await.unwrap(),
            service: Service::start(folder.path()).await,
            folder,
        }
    }

    /// Settings with which the account can be read.
    pub(crate) fn settings(&self) -> Given {
        let all = [
            ("BATON_BASE_URL", self.sim.base_url()),
            ("BATON_ACCOUNT_ID", self.sim.account_id()),
            ("BATON_API_TOKEN", self.sim.token()),
            ("BATON_RATE_LIMIT", "off".to_owned()),
        ];
        all.map(|(name, value)| (name.to_owned(), value)).into()
    }
}
