//! Serving over TLS, on one host and port.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsAcceptor;
use tokio_util::sync::CancellationToken;

use crate::Certificate;

/// How long the first bytes of a connection may take.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How often an open connection is asked whether the other side is still there.
const PING_EVERY: Duration = Duration::from_mins(1);
/// How long that answer may take.
const PING_ANSWER: Duration = Duration::from_secs(20);
/// The most calls on one connection at a time.
const CALLS_AT_ONCE: u32 = 200;
/// How long calls may go on once the service is told to stop.
const LAST_CALLS: Duration = Duration::from_secs(10);

/// Why the service cannot be reached.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// Which.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// Serving ended.
    #[error("serving ended: {0}")]
    Serve(#[from] io::Error),
}

/// A port that is listened on.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Listens; port 0 is any free one.
    ///
    /// # Errors
    /// When the address is not to be had.
    pub fn listen(address: SocketAddr) -> Result<Self, ServeError> {
        let failed = |source| ServeError::Listen { address, source };
        let listener = TcpListener::bind(address).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self { listener, address })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until it is told to stop, and then until the calls under way have ended, or ten seconds more.
    ///
    /// # Errors
    /// When serving ends otherwise.
    pub async fn serve(
        self,
        router: Router,
        certificate: Certificate,
        stop: CancellationToken,
    ) -> Result<(), ServeError> {
        let acceptor = RustlsAcceptor::new(certificate.config).handshake_timeout(HANDSHAKE);
        let handle = Handle::new();
        let mut server = axum_server::from_tcp(self.listener)?
            .acceptor(acceptor)
            .handle(handle.clone());
        server
            .http_builder()
            .http2()
            .keep_alive_interval(PING_EVERY)
            .keep_alive_timeout(PING_ANSWER)
            .max_concurrent_streams(CALLS_AT_ONCE);
        let serving = server.serve(router.into_make_service_with_connect_info::<SocketAddr>());
        tokio::pin!(serving);
        tokio::select! {
            ended = &mut serving => return Ok(ended?),
            () = stop.cancelled() => handle.graceful_shutdown(Some(LAST_CALLS)),
        }
        Ok(serving.await?)
    }
}
