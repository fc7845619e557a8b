//! Programs under test, as processes of their own.

use std::fs::File;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long until a process is looked at again.
const PAUSE: Duration = Duration::from_millis(20);

/// An address of this machine where nothing listens, for a program that is told where to.
///
/// # Errors
/// When no port can be opened.
pub fn free_port() -> io::Result<SocketAddr> {
    TcpListener::bind("127.0.0.1:0")?.local_addr()
}

/// A running program whose words go to a file. Dropping it kills it, as when the machine loses power; so it ends also when
/// the test fails.
#[derive(Debug)]
pub struct Process {
    child: Child,
    log: PathBuf,
}

impl Process {
    /// Starts it; what it says is added to the log.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(command: &mut Command, log: &Path) -> io::Result<Self> {
        let file = File::options().create(true).append(true).open(log)?;
        let child = command
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .spawn()?;
        let log = log.to_owned();
        Ok(Self { child, log })
    }

    /// Asks it to stop and waits; gives its exit code.
    ///
    /// # Errors
    /// When it does not end.
    pub async fn stop(mut self, patience: Duration) -> io::Result<Option<i32>> {
        let id = self.child.id().to_string();
        Command::new("kill").args(["-TERM", &id]).status()?;
        self.ended(patience).await
    }

    /// Waits until it ends by itself; gives its exit code.
    ///
    /// # Errors
    /// When it does not end.
    pub async fn ended(&mut self, patience: Duration) -> io::Result<Option<i32>> {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status.code());
            }
            if began.elapsed() > patience {
                return Err(self.in_vain("does not end"));
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Waits until it has said what is looked for.
    ///
    /// # Errors
    /// When it ends before, or does not say it.
    pub async fn says<T>(&mut self, patience: Duration, find: impl Fn(&str) -> Option<T>) -> io::Result<T> {
        let began = Instant::now();
        loop {
            // Looked at before the words: what has ended has said all.
            let over = self.child.try_wait()?.is_some() || began.elapsed() > patience;
            match find(&self.said()?) {
                Some(found) => return Ok(found),
                None if over => return Err(self.in_vain("does not say what it should")),
                None => tokio::time::sleep(PAUSE).await,
            }
        }
    }

    /// All that it has said.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn said(&self) -> io::Result<String> {
        std::fs::read_to_string(&self.log)
    }

    fn in_vain(&self, what: &str) -> io::Error {
        let said = self.said().unwrap_or_else(|error| error.to_string());
        let name = self.log.file_stem().unwrap_or_default().display();
        io::Error::other(format!("{name} {what}; it says: {said}"))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // What does not end this way has ended already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
