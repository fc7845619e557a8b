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

#[cfg(all(test, unix))]
mod tests {
    use tokio::io::AsyncReadExt as _;

    use super::*;

    fn shell(script: &str) -> Start {
        Start {
            program: "/bin/sh".into(),
            arguments: ["-c", script].map(OsString::from).into(),
            environment: vec![("GREETING".into(), "hello".into())],
            folder: "/".into(),
        }
    }

    #[expect(clippy::unwrap_used, reason = "a test without the shell is none")]
    async fn start(script: &str) -> Launched {
        let settings = [("KEY".to_owned(), SecretString::from("value"))];
        shell(script).start(&settings, Vec::new()).await.unwrap()
    }

    #[expect(clippy::unwrap_used, reason = "a test without the shell is none")]
    async fn said(mut launched: Launched) -> (Exit, String) {
        let mut text = String::new();
        launched.log.read_to_string(&mut text).await.unwrap();
        (launched.process.ended().await, text)
    }

    #[tokio::test]
    async fn it_gets_its_settings_and_ends_when_the_tie_does() {
        let mut launched = start("read line; echo $GREETING $line $PWD >&2; cat; exit 3").await;
        launched.process.ask_to_stop();
        let (exit, text) = said(launched).await;
        assert_eq!(
            (exit, text.as_str()),
            (Exit::Code(3), "hello {\"KEY\":\"value\"} /\n")
        );
    }

    #[tokio::test]
    async fn it_lives_until_then_and_can_be_killed() {
        let mut launched = start("exec cat").await;
        let waiting = tokio::time::timeout(std::time::Duration::from_millis(200), launched.process.ended());
        assert!(waiting.await.is_err());
        launched.process.kill().await;
        assert_eq!(said(launched).await.0, Exit::Killed);
    }

    /// Why it takes no settings is what its log tells.
    #[tokio::test]
    async fn one_that_takes_no_settings_is_heard_out() {
        let launched = start("exec <&-; echo no >&2; exit 7").await;
        assert_eq!(said(launched).await, (Exit::Code(7), "no\n".to_owned()));
    }

    #[tokio::test]
    async fn a_program_that_is_not_there_is_named() {
        let mut start = shell("");
        start.program = "/nowhere/program".into();
        let error = start.start(&[], Vec::new()).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "its program cannot be started: No such file or directory (os error 2)"
        );
    }
}
