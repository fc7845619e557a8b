//! A process of the system.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Stdio;

use async_trait::async_trait;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::io::AsyncWriteExt as _;
use tokio::process::{Child, ChildStdin, Command};

use crate::{Exit, HostingError, Launched, Process, handover};

/// How a process is started. It gets no environment but this one.
#[derive(Clone, Debug)]
pub struct Start {
    /// The program.
    pub program: PathBuf,
    /// Its arguments; nothing that is secret.
    pub arguments: Vec<OsString>,
    /// Its environment variables; nothing that is secret.
    pub environment: Vec<(OsString, OsString)>,
    /// Its working folder.
    pub folder: PathBuf,
}

impl Start {
    /// Starts it, and hands these settings over to it. What of them is secret, `secrets` repeats for whoever watches
    /// its log.
    ///
    /// # Errors
    /// When it cannot be started.
    pub async fn start(
        &self,
        settings: &[(String, SecretString)],
        secrets: Vec<SecretString>,
    ) -> Result<Launched, HostingError> {
        let mut child = self.command().spawn().map_err(HostingError::Start)?;
        let missing = || HostingError::Other("its program has no pipes".to_owned());
        let (log, tie) = (child.stderr.take(), child.stdin.take());
        let (log, mut tie) = (log.ok_or_else(missing)?, tie.ok_or_else(missing)?);
        let line = handover::line(settings.iter().map(|(name, value)| (name.as_str(), value)));
        let handed = tie.write_all(line.expose_secret().as_bytes()).await;
        // One that does not take them is ending: its log and its exit code tell why.
        let tie = handed.is_ok().then_some(tie);
        Ok(Launched {
            process: Box::new(Tied { child, tie }),
            log: Box::new(log),
            secrets,
        })
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(&self.arguments)
            .env_clear()
            .envs(self.environment.iter().cloned())
            .current_dir(&self.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        // Whoever presses Ctrl-C means the service, which then ends its processes in its own order.
        #[cfg(unix)]
        command.process_group(0);
        command
    }
}

/// A process that ends when the tie does.
struct Tied {
    child: Child,
    tie: Option<ChildStdin>,
}

#[async_trait]
impl Process for Tied {
    async fn ended(&mut self) -> Exit {
        // Waiting would close the standard input, if it were still the child's.
        match self.child.wait().await {
            Ok(status) => status.code().map_or(Exit::Killed, Exit::Code),
            Err(error) => {
                tracing::warn!("cannot tell how a process ended: {error}");
                Exit::Killed
            }
        }
    }

    fn ask_to_stop(&mut self) {
        self.tie = None;
    }

    async fn kill(&mut self) {
        if let Err(error) = self.child.kill().await {
            tracing::warn!("cannot end a process: {error}");
        }
    }
}
