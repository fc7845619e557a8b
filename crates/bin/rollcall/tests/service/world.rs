//! A simulated Cloudflare, the service, the network between, and connectors; each a process or a port of its own.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::File;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;
use c1z::{EntitlementFilter, GrantFilter, ReadOptions, Reader, ResourceFilter, SyncChoice};
use cloudflare_sim::{Options, Running, Sim, State, demo};
use governance::{
    Connector, ConnectorId, ConnectorName, Desk, End, Task, TaskId, TaskRules, TaskState, Work,
};
use model::SyncId;
use proto::baton_service_v1::task::GrantTask;
use proto::connector_v2::{Entitlement, Resource};
use runner::{SystemClock, SystemIds};
use store::Database;
use tempfile::TempDir;
use testkit::free_port;
use tokio::runtime::Runtime;

use crate::proxy::Proxy;

/// The longest that anything may take which the tests wait for. It only ends what would hang.
pub(crate) const PATIENCE: Duration = Duration::from_secs(90);

/// Everything that one test needs; gone with it.
pub(crate) struct World {
    pub(crate) sim: Running,
    pub(crate) proxy: Proxy,
    pub(crate) desk: Desk,
    pub(crate) runtime: Runtime,
    service: Option<Process>,
    listen: SocketAddr,
    database_url: Option<String>,
    folder: TempDir,
}

/// What was read of an account.
pub(crate) struct Account {
    reader: Reader,
    sync: SyncId,
}

impl Account {
    fn open(file: &Path) -> Self {
        let reader = Reader::open(file, &ReadOptions::default()).unwrap();
        let sync = reader.choose(&SyncChoice::Newest).unwrap().id;
        Self { reader, sync }
    }

    fn users(&self) -> Vec<Resource> {
        let all = self.reader.resources(&self.sync, &ResourceFilter::default());
        let all = all.map(|record| record.unwrap().message);
        all.filter(|resource| resource.id.as_ref().is_some_and(|id| id.resource_type == "user"))
            .collect()
    }

    /// What the holders of a role hold.
    pub(crate) fn entitlement(&self, role: &str) -> Entitlement {
        let all = self
            .reader
            .entitlements(&self.sync, &EntitlementFilter::default());
        let mut all = all.map(|record| record.unwrap().message);
        let is_on = |resource: &Resource| {
            resource.display_name == role && resource.id.as_ref().is_some_and(|id| id.resource_type == "role")
        };
        all.find(|entitlement| entitlement.resource.as_ref().is_some_and(is_on))
            .unwrap()
    }

    /// So many grants of a role that nobody holds yet. The first of all users is the one that the connector acts for,
    /// whose access it does not take away; so from the last on.
    pub(crate) fn grants_to_make(&self, role: &str, count: usize) -> Vec<GrantTask> {
        let entitlement = self.entitlement(role);
        let holders = self.holders(&entitlement);
        let id = |user: &Resource| user.id.as_ref().map(|id| id.resource.clone()).unwrap();
        let without = self
            .users()
            .into_iter()
            .rev()
            .filter(|user| !holders.contains(&id(user)));
        let grants = without.take(count).map(|user| GrantTask {
            entitlement: Some(entitlement.clone()),
            principal: Some(user),
            ..GrantTask::default()
        });
        grants.collect()
    }

    /// Who holds an entitlement.
    fn holders(&self, entitlement: &Entitlement) -> Vec<String> {
        let all = self.reader.grants(&self.sync, &GrantFilter::default());
        let all = all.map(|record| record.unwrap().message);
        all.filter(|grant| {
            grant
                .entitlement
                .as_ref()
                .is_some_and(|one| one.id == entitlement.id)
        })
        .filter_map(|grant| grant.principal?.id)
        .map(|id| id.resource)
        .collect()
    }
}

/// A client id and its secret.
#[derive(Clone)]
pub(crate) struct Credential {
    pub(crate) id: String,
    pub(crate) secret: String,
}

/// A running program, ended when it is dropped.
pub(crate) struct Process {
    child: Child,
    log: PathBuf,
}

impl World {
    /// The company of the demo, and a service on an embedded database.
    pub(crate) fn new() -> Self {
        let now = "2026-10-01T00:00:00Z".parse().unwrap();
        Self::of(demo::example_retail(now), Options::unlimited(), None)
    }

    /// The same, where each call to Cloudflare takes so long that a sync can be interrupted.
    pub(crate) fn slow() -> Self {
        let now = "2026-10-01T00:00:00Z".parse().unwrap();
        let options = Options {
            latency: Duration::from_millis(400),
            ..Options::unlimited()
        };
        Self::of(demo::example_retail(now), options, None)
    }

    pub(crate) fn of(state: State, options: Options, database_url: Option<String>) -> Self {
        let runtime = Runtime::new().unwrap();
        let sim = runtime.block_on(Sim::new(state, options).start()).unwrap();
        let folder = TempDir::new().unwrap();
        let listen = free_port().unwrap();
        let database = folder.path().join("data").join("rollcall.db");
        let database = runtime.block_on(async {
            match &database_url {
                Some(url) => Database::postgres(url).await,
                None => Database::sqlite(&database).await,
            }
        });
        let mut world = Self {
            proxy: Proxy::start(&runtime, listen),
            desk: Desk::new(
                Arc::new(database.unwrap()),
                Arc::new(SystemClock),
                Arc::new(SystemIds),
                TaskRules::for_heartbeat(Duration::from_secs(1)),
            ),
            sim,
            runtime,
            service: None,
            listen,
            database_url,
            folder,
        };
        world.start_service();
        world
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A command of the control plane.
    pub(crate) fn rollcall(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(cargo_bin!("rollcall"));
        command
            .env_clear()
            .current_dir(self.folder.path())
            .env("ROLLCALL_DATA", self.path("data"))
            .env(
                "ROLLCALL_ADDRESS",
                format!("localhost:{}", self.proxy.address.port()),
            )
            .stdin(Stdio::null())
            .args(arguments);
        command.env("ROLLCALL_CLOUDFLARE_URL", self.sim.base_url());
        command.env("ROLLCALL_HOSTING_LEASE", "10");
        if let Some(url) = &self.database_url {
            command.env("ROLLCALL_DATABASE_URL", url);
        }
        command
    }

    /// The database of the service, once more.
    pub(crate) async fn open(&self) -> Result<Database, governance::repository::RepositoryError> {
        match &self.database_url {
            Some(url) => Database::postgres(url).await,
            None => Database::sqlite(&self.path("data/rollcall.db")).await,
        }
    }

    /// Which process the service is.
    pub(crate) fn service_id(&self) -> u32 {
        self.service.as_ref().unwrap().id()
    }

    /// What a command of the control plane prints.
    pub(crate) fn say(&self, arguments: &[&str]) -> String {
        let output = self.rollcall(arguments).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(
            output.status.success(),
            "{arguments:?}: {said}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        said
    }

    pub(crate) fn start_service(&mut self) {
        self.service = Some(self.serve(self.listen, "service.log"));
    }

    fn serve(&self, listen: SocketAddr, log: &str) -> Process {
        let address = listen.to_string();
        let mut command = self.rollcall(&["serve", "--listen", &address, "--poll", "1", "--heartbeat", "1"]);
        let process = Process::start(&mut command, self.path(log));
        self.wait_until("the service listens", || {
            std::net::TcpStream::connect(listen).is_ok()
        });
        process
    }

    /// One more service on the same state, and where it listens.
    pub(crate) fn another_service(&self) -> (Process, SocketAddr) {
        let listen = free_port().unwrap();
        (self.serve(listen, "another.log"), listen)
    }

    /// What is said to whoever asks how the service is.
    pub(crate) fn service_health(&self) -> std::process::Output {
        let mut command = self.rollcall(&["health"]);
        command.env("ROLLCALL_LISTEN", self.listen.to_string());
        command.output().unwrap()
    }

    /// As when the machine loses power.
    pub(crate) fn kill_service(&mut self) {
        self.service.take().unwrap().kill();
    }

    /// As when somebody asks it to stop.
    pub(crate) fn stop_service(&mut self) -> Option<i32> {
        self.service.take().unwrap().stop(PATIENCE)
    }

    /// Adds a connector that reads when it is asked to.
    pub(crate) fn add_connector(&self, name: &str) -> (Connector, Credential) {
        let said = self.say(&["connectors", "add", name, "--sync-every", "never"]);
        let name = ConnectorName::parse(name).unwrap();
        let found = self.desk.store().connector_named(&name);
        let connector = self.runtime.block_on(found).unwrap().unwrap().value;
        (connector, Credential::from(said.as_str()))
    }

    /// Starts our connector as a service.
    pub(crate) fn connect(&self, credential: &Credential, host: &str) -> Process {
        self.connect_with(credential, host, |_| {})
    }

    /// The same, asking for tasks in batches.
    pub(crate) fn connect_in_batches(&self, credential: &Credential, host: &str) -> Process {
        self.connect_with(credential, host, |command| {
            command.env("BATON_GET_TASKS", "true");
        })
    }

    /// The same, answering questions about health on a port.
    pub(crate) fn connect_watched(&self, credential: &Credential, host: &str, port: &str) -> Process {
        self.connect_with(credential, host, |command| {
            command.args(["--health-check", "--health-check-port", port]);
        })
    }

    /// How such a question ends, as an exit code.
    pub(crate) fn health(&self, question: &str, port: &str) -> Option<i32> {
        let mut command = self.connector();
        command.args([
            "health-check",
            "--endpoint",
            question,
            "--health-check-port",
            port,
        ]);
        command.output().unwrap().status.code()
    }

    /// The same, at another address than its client id says.
    pub(crate) fn connect_to(&self, credential: &Credential, host: &str, address: SocketAddr) -> Process {
        self.connect_with(credential, host, |command| {
            command.env("BATON_C1_API_HOST", format!("localhost:{}", address.port()));
        })
    }

    fn connect_with(&self, credential: &Credential, host: &str, set: impl FnOnce(&mut Command)) -> Process {
        let mut command = self.connector();
        set(&mut command);
        command
            .env("BATON_CLIENT_ID", &credential.id)
            .env("BATON_CLIENT_SECRET", &credential.secret)
            .env("BATON_HOST_ID", host)
            .env("BATON_C1Z_TEMP_DIR", self.temporary(host))
            .env("SSL_CERT_FILE", self.path("data/tls/authority.pem"))
            .args(["--provisioning", "--log-level", "debug"]);
        Process::start(&mut command, self.path(&format!("{host}.log")))
    }

    /// Our connector, with what it needs to know of the simulated account.
    fn connector(&self) -> Command {
        let mut command = Command::new(connector_program());
        command
            .env_clear()
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .env("BATON_BASE_URL", self.sim.base_url())
            .env("BATON_ACCOUNT_ID", self.sim.account_id())
            .env("BATON_API_TOKEN", self.sim.token())
            .env("BATON_RATE_LIMIT", "off");
        command
    }

    /// Reads the account into a file without any service.
    pub(crate) fn sync_once(&self, file: &str) -> Account {
        let output = self.connector().args(["--file", file]).output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        Account::open(&self.path(file))
    }

    /// The folder of an instance for temporary files.
    pub(crate) fn temporary(&self, host: &str) -> PathBuf {
        let folder = self.path(&format!("{host}.tmp"));
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    pub(crate) fn ask(&self, connector: &ConnectorId, work: Work) -> TaskId {
        self.runtime.block_on(self.desk.ask(connector, work)).unwrap().id
    }

    /// Asks for a sync of everything.
    pub(crate) fn ask_sync(&self, connector: &ConnectorId) -> TaskId {
        self.ask(connector, task_service::sync_work(&BTreeSet::new()))
    }

    pub(crate) fn task(&self, id: &TaskId) -> Task {
        self.runtime
            .block_on(self.desk.store().task(id))
            .unwrap()
            .unwrap()
            .value
    }

    /// Waits until a task has ended, and gives how.
    pub(crate) fn end_of(&self, id: &TaskId) -> End {
        self.wait_until(&format!("task {id} ends"), || self.task(id).is_finished());
        match self.task(id).state {
            TaskState::Finished { end, .. } => end,
            other => panic!("{other:?}"),
        }
    }

    /// Waits for something, looking again and again.
    pub(crate) fn wait_until(&self, what: &str, mut so: impl FnMut() -> bool) {
        let began = Instant::now();
        while !so() {
            assert!(began.elapsed() < PATIENCE, "never: {what}\n{}", self.logs());
            self.pause(Duration::from_millis(20));
        }
    }

    pub(crate) fn pause(&self, time: Duration) {
        self.runtime.block_on(async { tokio::time::sleep(time).await });
    }

    /// The end of everybody's log, for when something went wrong.
    pub(crate) fn logs(&self) -> String {
        let mut all = String::new();
        for entry in std::fs::read_dir(self.folder.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "log") {
                let text = std::fs::read_to_string(&path).unwrap();
                let tail: Vec<&str> = text.lines().rev().take(40).collect();
                writeln!(all, "--- {}", path.display()).unwrap();
                tail.iter()
                    .rev()
                    .for_each(|line| writeln!(all, "{line}").unwrap());
            }
        }
        all
    }
}

impl From<&str> for Credential {
    /// From what is printed when one is made.
    fn from(said: &str) -> Self {
        let value = |name: &str| {
            let start = format!("export {name}='");
            let line = said.lines().find_map(|line| line.strip_prefix(&start)).unwrap();
            line.trim_end_matches('\'').to_owned()
        };
        Self {
            id: value("BATON_CLIENT_ID"),
            secret: value("BATON_CLIENT_SECRET"),
        }
    }
}

impl Process {
    pub(crate) fn start(command: &mut Command, log: PathBuf) -> Self {
        let file = File::options().create(true).append(true).open(&log).unwrap();
        let child = command
            .stdout(file.try_clone().unwrap())
            .stderr(file)
            .spawn()
            .unwrap();
        Self { child, log }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop and waits; gives its exit code.
    pub(crate) fn stop(mut self, patience: Duration) -> Option<i32> {
        let id = self.child.id().to_string();
        Command::new("kill").args(["-TERM", &id]).status().unwrap();
        self.ended(patience)
    }

    /// Waits until it ends by itself; gives its exit code.
    #[expect(clippy::disallowed_methods, reason = "another process is waited for")]
    pub(crate) fn ended(&mut self, patience: Duration) -> Option<i32> {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(began.elapsed() < patience, "it does not end: {}", self.said());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Its log.
    pub(crate) fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The other program; the workspace's tests build it beside this one.
fn connector_program() -> PathBuf {
    let here = Path::new(cargo_bin!("rollcall"));
    let program = here.with_file_name("baton-cloudflare");
    assert!(
        program.exists(),
        "{} is missing: `cargo build -p baton-cloudflare` first",
        program.display()
    );
    program
}
