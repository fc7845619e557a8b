//! A simulated Cloudflare, and a service that has seen nothing yet.

use std::net::{SocketAddr, TcpListener};
use std::process::Command;
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;
use cloudflare_sim::{Options, Running, Sim, demo};
use tempfile::TempDir;
use testkit::Process;

/// The longest that a process may take for anything. It only ends what would hang.
const PATIENCE: Duration = Duration::from_mins(1);

/// Everything that one test needs; gone with it.
pub(crate) struct World {
    /// The account of the demo's company.
    #[expect(
        dead_code,
        reason = "the first flow that adds a connector asks it for its token"
    )]
    pub(crate) sim: Running,
    service: Option<Process>,
    listen: SocketAddr,
    folder: TempDir,
}

impl World {
    /// `rollcall serve` on an empty folder and a port of its own.
    pub(crate) async fn new() -> Self {
        let now = "2026-10-01T00:00:00Z".parse().unwrap();
        let sim = Sim::new(demo::example_retail(now), Options::unlimited());
        let mut world = Self {
            sim: sim.start().await.unwrap(),
            service: None,
            listen: free_port(),
            folder: TempDir::new().unwrap(),
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

    /// The address of one of its pages.
    pub(crate) fn page(&self, path: &str) -> String {
        format!("https://localhost:{}{path}", self.listen.port())
    }

    /// The link by which the first person sets the service up, as it is printed.
    #[expect(dead_code, reason = "the first flow begins with it")]
    pub(crate) async fn set_up_link(&mut self) -> String {
        let pages = self.page("/");
        let service = self.service.as_mut().unwrap();
        service
            .says(PATIENCE, |said| link_in(said, &pages))
            .await
            .unwrap()
    }

    fn serve(&self) -> Command {
        let mut command = Command::new(cargo_bin!("rollcall"));
        command
            .env_clear()
            .current_dir(self.folder.path())
            .env("ROLLCALL_DATA", self.folder.path().join("data"))
            .env("ROLLCALL_ADDRESS", format!("localhost:{}", self.listen.port()))
            .args(["serve", "--poll", "1", "--heartbeat", "1", "--listen"])
            .arg(self.listen.to_string());
        command
    }
}

/// The first link to more than the front page, once its line has ended.
fn link_in(said: &str, pages: &str) -> Option<String> {
    let lines = said.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    let mut words = lines.flat_map(str::split_whitespace);
    let link = words.find(|word| word.starts_with(pages) && word.len() > pages.len())?;
    Some(link.trim_end_matches('.').to_owned())
}

fn free_port() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
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
