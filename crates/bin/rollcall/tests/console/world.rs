//! A simulated Cloudflare, and a service that has seen nothing yet.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;
use cloudflare_sim::{Options, Running, Sim, demo};
use tempfile::TempDir;
use testkit::postgres::Fresh;
use testkit::smtp::SmtpServer;
use testkit::{Process, free_port};

/// The longest that a process may take for anything. It only ends what would hang.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// Everything that one test needs; gone with it.
pub(crate) struct World {
    /// The account of the demo's company.
    pub(crate) sim: Running,
    /// Where letters arrive.
    pub(crate) mail: SmtpServer,
    service: Option<Process>,
    listen: SocketAddr,
    folder: TempDir,
    postgres: Option<Fresh>,
}

impl World {
    /// `rollcall serve` on an empty folder and a port of its own.
    pub(crate) async fn new() -> Self {
        Self::with(None).await
    }

    /// The same, with a database of PostgreSQL.
    pub(crate) async fn on_postgres() -> Self {
        Self::with(Some(Fresh::new().await)).await
    }

    async fn with(postgres: Option<Fresh>) -> Self {
        let now = "2026-10-01T00:00:00Z".parse().unwrap();
        let sim = Sim::new(demo::example_retail(now), Options::unlimited());
        let mut world = Self {
            sim: sim.start().await.unwrap(),
            mail: SmtpServer::start().await,
            service: None,
            listen: free_port().unwrap(),
            folder: TempDir::new().unwrap(),
            postgres,
        };
        world.start().await;
        world
    }

    /// Starts the service on what is there.
    pub(crate) async fn start(&mut self) {
        let mut command = self.serve();
        let log = self.folder.path().join("service.log");
        let mut service = Process::start(&mut command, &log).unwrap();
        let listening = format!("Rollcall listens on {}", self.listen);
        let said = |said: &str| said.contains(&listening).then_some(());
        service.says(PATIENCE, said).await.unwrap();
        self.service = Some(service);
    }

    /// Asks the service to stop; gives its exit code.
    pub(crate) async fn stop(&mut self) -> Option<i32> {
        self.service.take().unwrap().stop(PATIENCE).await.unwrap()
    }

    /// Where the service keeps what it has.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The address of one of its pages.
    pub(crate) fn page(&self, path: &str) -> String {
        format!("https://localhost:{}{path}", self.listen.port())
    }

    /// The link by which the first person sets the service up, as it is printed.
    pub(crate) async fn set_up_link(&mut self) -> String {
        let pages = self.page("/");
        let service = self.service.as_mut().unwrap();
        service
            .says(PATIENCE, |said| link_in(said, &pages))
            .await
            .unwrap()
    }

    /// What a command of the control plane prints.
    pub(crate) fn say(&self, arguments: &[&str]) -> String {
        let output = self.rollcall().args(arguments).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let wrong = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}{wrong}");
        said
    }

    /// Our connector as somebody starts it in their own environment, with what the console told them to set.
    pub(crate) fn connector(&self, told: impl IntoIterator<Item = (String, String)>) -> Process {
        let mut command = Command::new(connector_program());
        command
            .env_clear()
            .current_dir(self.folder.path())
            .env("BATON_BASE_URL", self.sim.base_url())
            .env("BATON_ACCOUNT_ID", self.sim.account_id())
            .env("BATON_API_TOKEN", self.sim.token())
            .envs(told);
        Process::start(&mut command, &self.folder.path().join("connector.log")).unwrap()
    }

    fn serve(&self) -> Command {
        let mut command = self.rollcall();
        command
            .env("ROLLCALL_PLAIN_LOOPBACK", "true")
            .env("ROLLCALL_CLOUDFLARE_URL", self.sim.base_url())
            .env("ROLLCALL_MAIL", format!("smtp://{}", self.mail.address()))
            .args(["serve", "--poll", "1", "--heartbeat", "1", "--listen"])
            .arg(self.listen.to_string());
        command
    }

    fn rollcall(&self) -> Command {
        let mut command = Command::new(cargo_bin!("rollcall"));
        command
            .env_clear()
            .current_dir(self.folder.path())
            .env("ROLLCALL_DATA", self.folder.path().join("data"))
            .env("ROLLCALL_ADDRESS", format!("localhost:{}", self.listen.port()));
        if let Some(database) = &self.postgres {
            command.env("ROLLCALL_DATABASE_URL", database.url());
        }
        command
    }
}

/// The first link to more than the front page, once its line has ended.
pub(crate) fn link_in(said: &str, pages: &str) -> Option<String> {
    let lines = said.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    let mut words = lines.flat_map(str::split_whitespace);
    let link = words.find(|word| word.starts_with(pages) && word.len() > pages.len())?;
    Some(link.trim_end_matches('.').to_owned())
}

/// The other program; the workspace's tests build it beside this one.
fn connector_program() -> PathBuf {
    let program = cargo_bin!("rollcall").with_file_name("baton-cloudflare");
    assert!(
        program.exists(),
        "`cargo build -p baton-cloudflare` makes {}",
        program.display()
    );
    program
}

#[test]
fn a_link_counts_when_its_line_has_ended() {
    let pages = "https://localhost:8443/";
    let front = format!("Open {pages} in a browser.\n");
    assert_eq!(link_in(&front, pages), None);
    let begun = format!("{front}Set it up: {pages}set-up/abc");
    assert_eq!(link_in(&begun, pages), None);
    let whole = format!("{begun}def.\nCtrl-C ends the service.\n");
    assert_eq!(link_in(&whole, pages).unwrap(), format!("{pages}set-up/abcdef"));
}
