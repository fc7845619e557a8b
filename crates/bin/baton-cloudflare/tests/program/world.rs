//! A simulated Cloudflare, a folder, and the program.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use cloudflare_sim::{Options, Running, Sim, State, demo};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Everything that one test needs; gone with it.
pub(crate) struct World {
    pub(crate) sim: Running,
    pub(crate) runtime: Runtime,
    folder: TempDir,
}

impl World {
    /// The company of the demo, without a rate limit.
    pub(crate) fn new() -> Self {
        Self::with(Options::unlimited())
    }

    pub(crate) fn with(options: Options) -> Self {
        let now = "2026-10-01T00:00:00Z".parse().unwrap();
        Self::of(demo::example_retail(now), options)
    }

    pub(crate) fn of(state: State, options: Options) -> Self {
        let runtime = Runtime::new().unwrap();
        let sim = runtime.block_on(Sim::new(state, options).start()).unwrap();
        Self {
            sim,
            runtime,
            folder: TempDir::new().unwrap(),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The names of what is in the folder.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// The program with everything it needs to read the simulated account.
    pub(crate) fn command(&self) -> Command {
        let mut command = bare(self.folder.path());
        command
            .env("BATON_BASE_URL", self.sim.base_url())
            .env("BATON_ACCOUNT_ID", self.sim.account_id())
            .env("BATON_API_TOKEN", self.sim.token())
            .env("BATON_RATE_LIMIT", "off");
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command().args(arguments))
    }

    /// Starts the program and lets it go on by itself.
    pub(crate) fn spawn(&self, arguments: &[&str]) -> Child {
        self.command()
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Waits until Cloudflare was asked so many times; false when the program ended before.
    pub(crate) fn wait_for_calls(&self, calls: usize, child: &mut Child) -> bool {
        self.runtime.block_on(async {
            while self.sim.journal().len() < calls {
                if child.try_wait().unwrap().is_some() {
                    return false;
                }
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            true
        })
    }

    pub(crate) fn pause(&self, duration: Duration) {
        self.runtime
            .block_on(async { tokio::time::sleep(duration).await });
    }

    /// What is said, with what differs from run to run replaced.
    pub(crate) fn plain(&self, text: &str) -> String {
        let folder = self.folder.path().canonicalize().unwrap();
        text.replace(&self.sim.base_url(), "[api]")
            .replace(&self.sim.address().to_string(), "[address]")
            .replace(folder.to_str().unwrap(), "[folder]")
    }
}

/// The program in an empty environment.
pub(crate) fn bare(folder: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("baton-cloudflare"));
    command.env_clear().current_dir(folder).stdin(Stdio::null());
    command
}

/// How a run of the program ended.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    pub(crate) fn of(command: &mut Command) -> Self {
        command.output().unwrap().into()
    }

    /// The last lines, those that are not the log's.
    pub(crate) fn last_words(&self) -> String {
        let words: Vec<&str> = self
            .stderr
            .lines()
            .filter(|line| !line.starts_with('{'))
            .collect();
        words.join("\n")
    }

    /// The log.
    pub(crate) fn log(&self) -> Vec<serde_json::Value> {
        let lines = self.stderr.lines().filter(|line| line.starts_with('{'));
        lines.map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    pub(crate) fn said(&self, message: &str) -> bool {
        self.log().iter().any(|line| line["msg"] == message)
    }

    /// Exit code and last words, for snapshots.
    pub(crate) fn end(&self) -> String {
        format!(
            "exit code {}\n{}",
            self.code.map_or("none".to_owned(), |code| code.to_string()),
            self.last_words()
        )
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
