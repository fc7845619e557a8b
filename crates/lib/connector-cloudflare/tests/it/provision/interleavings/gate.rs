//! A process whose calls go one at a time, when they are told to.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use cloudflare::{AccountId, Client, Credential};
use connector::{Changed, ConnectorError};
use connector_cloudflare::CloudflareConnector;
use http::{Method, Request};
use http_client::{Answer, Transport};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::{Operation, World, rules, run};

/// Lets each request wait until it is told to go.
#[derive(Debug)]
struct Gate {
    http: http_client::Client,
    waiting: mpsc::UnboundedSender<Waiting>,
}

/// A request before it goes.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) is_read: bool,
    pub(super) is_of_member: bool,
    pub(super) go: oneshot::Sender<()>,
}

impl Transport for Gate {
    fn exchange(&self, request: Request<Bytes>) -> Pin<Box<dyn Future<Output = Answer> + Send + '_>> {
        let (go, told) = oneshot::channel();
        let path = request.uri().path();
        self.waiting
            .send(Waiting {
                is_read: request.method() == Method::GET,
                is_of_member: path.contains("/members/") && !path.contains("/user_groups/"),
                go,
            })
            .unwrap();
        let http = self.http.clone();
        Box::pin(async move {
            told.await.unwrap();
            http.send_once(request, Instant::now() + Duration::from_mins(1))
                .await
        })
    }
}

/// One process, whose operations follow each other.
pub(super) struct Process {
    client: Client,
    pub(super) gate: mpsc::UnboundedReceiver<Waiting>,
    connector: Arc<CloudflareConnector>,
    operations: Vec<Operation>,
    pub(super) under_way: Option<UnderWay>,
}

/// An operation that has begun.
pub(super) struct UnderWay {
    pub(super) operation: Operation,
    pub(super) work: JoinHandle<Result<Changed, ConnectorError>>,
    pub(super) next: Waiting,
    /// When the member was last read.
    pub(super) read_at: usize,
}

impl Process {
    pub(super) fn new(world: &World) -> Self {
        let http = http_client::Client::new(http_client::Options::default()).unwrap();
        let (waiting, gate) = mpsc::unbounded_channel();
        let gated = Arc::new(Gate { http, waiting });
        let http = http_client::Client::with_transport(gated, http_client::Options::default());
        let credential = Credential::ApiToken(world.sim.token().into());
        let client = Client::new(http, world.sim.base_url().parse().unwrap(), credential).unwrap();
        let connector = Arc::new(connector(world, &client));
        Self {
            client,
            gate,
            connector,
            operations: Vec::new(),
            under_way: None,
        }
    }

    /// Forgets everything, and has this to do.
    pub(super) fn restart(&mut self, world: &World, operations: Vec<Operation>) {
        self.connector = Arc::new(connector(world, &self.client));
        self.operations = operations;
    }

    pub(super) fn is_open(&self) -> bool {
        self.under_way.is_some() || !self.operations.is_empty()
    }

    /// The operation under way, or else the next one, begun.
    pub(super) async fn under_way(&mut self, world: &World) -> UnderWay {
        if let Some(under_way) = self.under_way.take() {
            return under_way;
        }
        let operation = self.operations.pop().unwrap();
        let request = operation.request(world);
        let work = tokio::spawn(run(Arc::clone(&self.connector), request, operation.gives));
        let next = self.gate.recv().await.unwrap();
        UnderWay {
            operation,
            work,
            next,
            read_at: 0,
        }
    }
}

fn connector(world: &World, client: &Client) -> CloudflareConnector {
    let account = AccountId::new(world.sim.account_id());
    CloudflareConnector::with_rules(client.clone(), account, rules())
}
