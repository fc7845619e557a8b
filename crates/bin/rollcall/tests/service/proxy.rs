//! The network between connectors and the service, with a hand on it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::sync::watch;

/// How the network is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Network {
    /// As it should be.
    Good,
    /// Nothing gets through, and what was open is torn.
    Cut,
    /// Every piece waits.
    Late(Duration),
    /// So many bytes a second, at most.
    Slow(usize),
}

/// A port that stands for the service's.
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    network: Arc<watch::Sender<Network>>,
}

impl Proxy {
    pub(crate) fn start(runtime: &Runtime, target: SocketAddr) -> Self {
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let network = Arc::new(watch::Sender::new(Network::Good));
        let proxy = Self {
            address: listener.local_addr().unwrap(),
            network: Arc::clone(&network),
        };
        runtime.spawn(accept(listener, target, network));
        proxy
    }

    pub(crate) fn set(&self, network: Network) {
        self.network.send_replace(network);
    }
}

async fn accept(listener: TcpListener, target: SocketAddr, network: Arc<watch::Sender<Network>>) {
    loop {
        let (client, _) = listener.accept().await.unwrap();
        tokio::spawn(join(client, target, network.subscribe()));
    }
}

/// Carries both ways until one side ends or the network is cut.
async fn join(client: TcpStream, target: SocketAddr, network: watch::Receiver<Network>) {
    let mut cut = network.clone();
    let Ok(server) = TcpStream::connect(target).await else {
        return;
    };
    let (client_in, client_out) = client.into_split();
    let (server_in, server_out) = server.into_split();
    tokio::select! {
        () = carry(client_in, server_out, network.clone()) => {}
        () = carry(server_in, client_out, network) => {}
        _ = cut.wait_for(|network| *network == Network::Cut) => {}
    }
}

async fn carry(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    network: watch::Receiver<Network>,
) {
    let mut piece = [0; 16 << 10];
    while let Ok(length @ 1..) = from.read(&mut piece).await {
        let state = *network.borrow();
        match state {
            Network::Good | Network::Cut => {}
            Network::Late(time) => tokio::time::sleep(time).await,
            Network::Slow(bytes) => {
                tokio::time::sleep(
                    Duration::from_secs(1) * u32::try_from(length).unwrap() / u32::try_from(bytes).unwrap(),
                )
                .await;
            }
        }
        if to.write_all(&piece[..length]).await.is_err() {
            return;
        }
    }
}
