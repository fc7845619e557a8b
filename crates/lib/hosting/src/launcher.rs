//! What a process is.

use std::fmt;

use async_trait::async_trait;
use secrecy::SecretString;
use tokio::io::AsyncRead;

use crate::{ClientKey, Hosted, HostingError};

/// Who starts processes.
#[async_trait]
pub trait Launcher: Send + Sync {
    /// Starts one.
    ///
    /// # Errors
    /// When it cannot be started.
    async fn launch(&self, hosted: &Hosted, key: &ClientKey) -> Result<Launched, HostingError>;
}

/// A process that was just started.
pub struct Launched {
    /// The process.
    pub process: Box<dyn Process>,
    /// What it logs, line by line.
    pub log: Box<dyn AsyncRead + Send + Unpin>,
    /// What must not be seen in its log.
    pub secrets: Vec<SecretString>,
}

impl fmt::Debug for Launched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Launched")
    }
}

/// A process. It is ended when it is dropped.
#[async_trait]
pub trait Process: Send {
    /// Waits until it has ended. May be dropped and asked again.
    async fn ended(&mut self) -> Exit;
    /// Asks it to come to its end.
    fn ask_to_stop(&mut self);
    /// Ends it at once, whatever it does.
    async fn kill(&mut self);
}

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// By itself, with this exit code.
    Code(i32),
    /// The system or somebody else ended it.
    Killed,
}

impl fmt::Display for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "ended with exit code {code}"),
            Self::Killed => f.write_str("was ended from outside"),
        }
    }
}
