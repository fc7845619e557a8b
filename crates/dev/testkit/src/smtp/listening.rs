//! The server as the test sees it.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::received::Received;
use super::session::Session;
use super::tls::Identity;
use super::trouble::{Moment, Trouble};
use super::wire::Wire;

/// How long a test waits for a letter.
const PATIENCE: Duration = Duration::from_secs(20);

/// How the server is set up.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether it speaks TLS from the first byte.
    pub tls: bool,
    /// Whether it offers STARTTLS, and lets nobody sign in without.
    pub starttls: bool,
    /// Name and password, without which it takes no letter.
    pub user: Option<(String, String)>,
    /// How one can sign in, such as `PLAIN LOGIN`.
    pub mechanisms: String,
}

/// A mail server that runs until it is dropped.
#[derive(Debug)]
pub struct SmtpServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

/// What the conversations share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) options: Options,
    pub(super) identity: Identity,
    letters: Mutex<Vec<Received>>,
    trouble: Mutex<Option<(Moment, Trouble)>>,
    arrived: Notify,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            tls: false,
            starttls: false,
            user: None,
            mechanisms: "PLAIN LOGIN".to_owned(),
        }
    }
}

impl SmtpServer {
    /// Starts one that takes everything from everybody.
    ///
    /// # Panics
    /// When the machine gives no socket.
    pub async fn start() -> Self {
        Self::with(Options::default()).await
    }

    /// Starts one that is set up otherwise.
    ///
    /// # Panics
    /// When the machine gives no socket.
    #[expect(clippy::expect_used, reason = "a test that cannot have its server has failed")]
    pub async fn with(options: Options) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let listener = listener.expect("the machine gives a socket");
        let address = listener.local_addr().expect("the socket has an address");
        let shared = Arc::new(Shared {
            options,
            identity: Identity::new(),
            letters: Mutex::default(),
            trouble: Mutex::default(),
            arrived: Notify::new(),
        });
        let task = tokio::spawn(listen(listener, shared.clone()));
        Self {
            address,
            shared,
            task,
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The certificate that a client must trust, as PEM.
    pub fn authority(&self) -> &str {
        &self.shared.identity.authority
    }

    /// All letters that have arrived so far.
    pub fn letters(&self) -> Vec<Received> {
        held(&self.shared.letters).clone()
    }

    /// Waits until so many letters have arrived, and gives all of them.
    ///
    /// # Panics
    /// When they do not arrive in 20 seconds.
    #[expect(clippy::panic, reason = "a test whose letter does not arrive has failed")]
    pub async fn wait_for(&self, count: usize) -> Vec<Received> {
        let waiting = async {
            loop {
                let arrived = self.shared.arrived.notified();
                let letters = self.letters();
                if letters.len() >= count {
                    return letters;
                }
                arrived.await;
            }
        };
        let waited = tokio::time::timeout(PATIENCE, waiting).await;
        waited.unwrap_or_else(|_| panic!("of {count} letters, {} arrived", self.letters().len()))
    }

    /// From now on there is trouble at this moment of each conversation.
    pub fn misbehave(&self, moment: Moment, trouble: Trouble) {
        *held(&self.shared.trouble) = Some((moment, trouble));
    }

    /// From now on all is well.
    pub fn behave(&self) {
        *held(&self.shared.trouble) = None;
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Shared {
    pub(super) fn deliver(&self, letter: Received) {
        held(&self.letters).push(letter);
        self.arrived.notify_waiters();
    }

    pub(super) fn trouble_at(&self, moment: Moment) -> Option<Trouble> {
        let trouble = held(&self.trouble);
        let here = trouble.as_ref().filter(|(when, _)| *when == moment);
        here.map(|(_, trouble)| trouble.clone())
    }
}

/// Conversations end with the task that runs them.
async fn listen(listener: TcpListener, shared: Arc<Shared>) {
    let mut conversations = tokio::task::JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        // How a conversation ends is for whoever sends to tell.
        conversations.spawn(talk(stream, shared.clone()));
    }
}

async fn talk(stream: TcpStream, shared: Arc<Shared>) -> io::Result<()> {
    let mut wire = Wire::plain(stream);
    if shared.options.tls {
        wire = wire.encrypt(&shared.identity.acceptor).await?;
    }
    Session::new(wire, shared).run().await
}

fn held<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}
