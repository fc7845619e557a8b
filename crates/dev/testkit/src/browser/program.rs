//! The programs that a browser is made of, each on a port that it chooses.

use std::fs::File;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::environment::variable;

/// How long a program may take until it listens, on a machine that has much to do.
const PATIENCE: Duration = Duration::from_secs(60);

/// How Chromium is started: nothing of its own making on the network or on the screen, and no host but this one.
/// Without its sandbox, since that does not work for root or in containers, and the pages are ours.
const FLAGS: [&str; 14] = [
    "--headless=new",
    "--remote-debugging-port=0",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--password-store=basic",
    "--force-color-profile=srgb",
    "--lang=en-US",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE ::1",
];

/// A running program, killed with all that it started when it is dropped.
#[derive(Debug)]
pub(super) struct Program {
    child: Child,
    log: PathBuf,
    /// What it says just before the number of its port.
    greeting: &'static str,
}

/// Why there is no such program.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoProgram {
    #[error("{program} does not start ({cause}): `.ci/browser FOLDER` installs it, {variable} names it")]
    Start {
        program: String,
        variable: &'static str,
        cause: io::Error,
    },
    #[error("{0} does not listen; it says: {1}")]
    Silent(String, String),
    #[error(transparent)]
    File(#[from] io::Error),
}

impl Program {
    pub(super) fn chromium(folder: &Path) -> Result<Self, NoProgram> {
        let mut profile = std::ffi::OsString::from("--user-data-dir=");
        profile.push(folder.join("profile"));
        let greeting = "DevTools listening on ws://127.0.0.1:";
        Self::start(folder, "chromium", "ROLLCALL_TEST_CHROMIUM", greeting, |command| {
            command
                .args(FLAGS)
                .arg(profile)
                .arg("about:blank")
                .env("HOME", folder)
                .env("TZ", "UTC");
        })
    }

    pub(super) fn driver(folder: &Path) -> Result<Self, NoProgram> {
        let greeting = "started successfully on port ";
        Self::start(
            folder,
            "chromedriver",
            "ROLLCALL_TEST_CHROMEDRIVER",
            greeting,
            |command| {
                command.arg("--port=0");
            },
        )
    }

    fn start(
        folder: &Path,
        usual: &str,
        named_by: &'static str,
        greeting: &'static str,
        set: impl FnOnce(&mut Command),
    ) -> Result<Self, NoProgram> {
        let program = variable(named_by).unwrap_or_else(|| usual.to_owned());
        let log = folder.join(format!("{usual}.log"));
        let said = File::create(&log)?;
        let mut command = Command::new(&program);
        set(&mut command);
        command
            .stdin(Stdio::null())
            .stdout(said.try_clone()?)
            .stderr(said)
            .process_group(0);
        let child = command.spawn().map_err(|cause| NoProgram::Start {
            program,
            variable: named_by,
            cause,
        })?;
        Ok(Self { child, log, greeting })
    }

    /// Where it listens, once it does.
    pub(super) async fn port(&mut self) -> Result<u16, NoProgram> {
        let began = Instant::now();
        loop {
            let said = std::fs::read_to_string(&self.log)?;
            if let Some(port) = port_in(&said, self.greeting) {
                return Ok(port);
            }
            if began.elapsed() > PATIENCE || self.child.try_wait()?.is_some() {
                let name = self.log.file_stem().unwrap_or_default();
                return Err(NoProgram::Silent(name.to_string_lossy().into_owned(), said));
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Its group, since a browser is many processes. What does not end this way has ended already.
        let group = format!("-{}", self.child.id());
        Command::new("kill").args(["-KILL", "--", &group]).status().ok();
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn port_in(said: &str, greeting: &str) -> Option<u16> {
    let (_, rest) = said.split_once(greeting)?;
    // The number is whole when something follows it.
    let end = rest.find(|letter: char| !letter.is_ascii_digit())?;
    rest.get(..end)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_counts_when_it_was_said_to_its_end() {
        let greeting = "started successfully on port ";
        assert_eq!(port_in("ChromeDriver was started suc", greeting), None);
        assert_eq!(port_in("was started successfully on port 426", greeting), None);
        assert_eq!(
            port_in("was started successfully on port 42679.\n", greeting),
            Some(42679)
        );
    }
}
