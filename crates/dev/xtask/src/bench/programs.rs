//! The programs under measurement, and a simulator that runs beside them.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::workspace;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Where the release binaries and the results lie.
pub(super) struct Programs {
    binaries: PathBuf,
    /// Made by this run, removed at its end.
    pub(super) scratch: PathBuf,
}

impl Programs {
    /// Builds the release binaries.
    pub(super) fn build() -> Result<Self> {
        let root = workspace::root();
        let packages = ["-p", "baton-cloudflare", "-p", "rollcall", "-p", "cloudflare-sim"];
        let status = Command::new(env!("CARGO"))
            .args(["build", "--release", "--locked"])
            .args(packages)
            .current_dir(&root)
            .status()?;
        if !status.success() {
            return Err("the release build failed".into());
        }
        let binaries = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), PathBuf::from)
            .join("release");
        let scratch = std::env::temp_dir().join(format!("rollcall-bench-{}", std::process::id()));
        std::fs::create_dir_all(&scratch)?;
        Ok(Self { binaries, scratch })
    }

    /// A command for one of the binaries, with nothing of our environment that could configure it.
    pub(super) fn command(&self, name: &str) -> Command {
        let mut command = Command::new(self.binaries.join(name));
        command.env_clear().current_dir(&self.scratch);
        command
    }

    /// The size of the connector's binary.
    pub(super) fn connector_bytes(&self) -> Result<u64> {
        Ok(std::fs::metadata(self.binaries.join("baton-cloudflare"))?.len())
    }
}

impl Drop for Programs {
    fn drop(&mut self) {
        // Scratch files in the system's temporary folder: nothing depends on their removal.
        let _ = std::fs::remove_dir_all(&self.scratch);
    }
}

/// Runs a benchmark that prints rows of its own, because it needs a library and not only the programs.
pub(super) fn benchmark(package: &str, name: &str) -> Result<()> {
    let status = Command::new(env!("CARGO"))
        .args(["bench", "--quiet", "--locked", "-p", package, "--bench", name])
        .current_dir(workspace::root())
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("the benchmark `{name}` of `{package}` ended with {status}").into())
    }
}

/// A simulator process; stopped when dropped.
pub(super) struct Simulator {
    child: Child,
    journal: PathBuf,
    /// What the connector needs to reach it.
    pub(super) connector_arguments: Vec<String>,
}

impl Simulator {
    /// Starts one and waits until it says where it listens.
    pub(super) fn start(programs: &Programs, arguments: &[&str]) -> Result<Self> {
        let journal = programs.scratch.join("journal");
        let mut command = programs.command("cloudflare-sim");
        command
            .args(arguments)
            .args(["--listen", "127.0.0.1:0", "--seed", "1"])
            .arg("--journal")
            .arg(&journal);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let output = child.stdout.take().ok_or("the simulator has no output")?;
        let connector_arguments = read_arguments(BufReader::new(output))?;
        Ok(Self {
            child,
            journal,
            connector_arguments,
        })
    }

    /// How many calls it has answered.
    pub(super) fn calls(&self) -> Result<u64> {
        Ok(std::fs::read_to_string(&self.journal)?.lines().count() as u64)
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        // It may have ended already; either way it is gone afterwards.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The flags of the example command line that the simulator prints.
fn read_arguments(output: impl BufRead) -> Result<Vec<String>> {
    for line in output.lines() {
        let line = line?;
        if let Some((_, flags)) = line.split_once("baton-cloudflare ") {
            return Ok(flags.split_whitespace().map(str::to_owned).collect());
        }
    }
    Err("the simulator ended without an example command".into())
}
