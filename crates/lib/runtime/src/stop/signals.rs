//! Being asked to stop, by the system or at the keyboard.

/// Waits for the next request to stop, and names it.
#[derive(Debug)]
pub struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

impl Signals {
    /// Takes the requests over from the system, from now on; must be called inside the runtime.
    ///
    /// # Errors
    /// When the system does not hand them over.
    #[cfg(unix)]
    pub fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    /// Takes the requests over from the system; must be called inside the runtime.
    ///
    /// # Errors
    /// When the system does not hand them over.
    #[cfg(not(unix))]
    #[expect(clippy::unnecessary_wraps, reason = "on Unix it can fail")]
    pub fn listen() -> std::io::Result<Self> {
        Ok(Self {})
    }

    /// The name of the next request. None is lost between two calls.
    #[cfg(unix)]
    pub async fn next(&mut self) -> &'static str {
        tokio::select! {
            _ = self.interrupt.recv() => "SIGINT",
            _ = self.terminate.recv() => "SIGTERM",
        }
    }

    /// The name of the next request.
    #[cfg(not(unix))]
    pub async fn next(&mut self) -> &'static str {
        tokio::signal::ctrl_c().await.ok();
        "Ctrl-C"
    }
}
