//! A service on a socket of its own, its clock in hand, and clients.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use governance::{
    Actor, Connector, Credential, Desk, Label, NewConnector, Office, PublicKey, Schedule, Task, TaskId,
    TaskRules, Work,
};
use model::{Clock, IdSource, SeededIds};
use proto::baton_service_v1::baton_service_client::BatonServiceClient;
use proto::baton_service_v1::task::TaskType;
use reqwest::header::CONTENT_TYPE;
use serde_json::Value;
use store::Database;
use task_protocol::{ASSERTION_TYPE, ClientId, ClientSecret, GRANT_TYPE, TOKEN_PATH, assertion};
use task_service::{Certificate, FileStore, Identity, SecretSource, Server, Settings, TaskService};
use tempfile::TempDir;
use tokio_util::sync::{CancellationToken, DropGuard};
use tonic::metadata::MetadataValue;
use tonic::service::interceptor::InterceptedService;
use tonic::transport::{Certificate as Root, Channel, ClientTlsConfig};
use tonic::{Request, Status};

/// A client that shows a token with each call.
pub(crate) type Client = BatonServiceClient<InterceptedService<Channel, Bearer>>;

/// A clock that stands until it is moved.
#[derive(Debug)]
pub(crate) struct TestClock(Mutex<DateTime<Utc>>);

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// Everything that one test needs; gone with it.
pub(crate) struct World {
    pub(crate) desk: Desk,
    pub(crate) office: Office,
    pub(crate) service: TaskService,
    pub(crate) folder: TempDir,
    pub(crate) database: Database,
    clock: Arc<TestClock>,
    pub(crate) address: SocketAddr,
    pub(crate) certificate: Certificate,
    root: Vec<u8>,
    ids: SeededIds,
    _stop: DropGuard,
}

/// A connector with what it signs in with.
pub(crate) struct Member {
    pub(crate) connector: Connector,
    pub(crate) credential: Credential,
    pub(crate) client_id: ClientId,
    pub(crate) secret: ClientSecret,
}

/// An answer of the token endpoint.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

struct Counted(SeededIds);

impl SecretSource for Counted {
    fn secret(&self) -> Option<[u8; 32]> {
        let mut secret = [0; 32];
        secret[..16].copy_from_slice(&self.0.next_bytes());
        Some(secret)
    }
}

/// Somebody at a terminal of the machine.
pub(crate) fn tester() -> Actor {
    Actor::command("tests")
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(Settings::default()).await
    }

    pub(crate) async fn with(settings: Settings) -> Self {
        let folder = TempDir::new().unwrap();
        let files = FileStore::folder(&folder.path().join("files"), &folder.path().join("spool")).unwrap();
        Self::of(folder, files, settings).await
    }

    /// With its files somewhere else than in its folder.
    pub(crate) async fn keeping(files: FileStore) -> Self {
        Self::of(TempDir::new().unwrap(), files, Settings::default()).await
    }

    async fn of(folder: TempDir, files: FileStore, settings: Settings) -> Self {
        let clock = Arc::new(TestClock(Mutex::new("2026-10-01T08:00:00Z".parse().unwrap())));
        let database = Database::in_memory().await.unwrap();
        let store = Arc::new(database.clone());
        let ids = Arc::new(SeededIds::new(1));
        let office = Office::new(
            Arc::<Database>::clone(&store),
            Arc::<TestClock>::clone(&clock),
            Arc::new(SeededIds::new(1 << 40)),
        );
        let desk = Desk::new(store, Arc::<TestClock>::clone(&clock), ids, TaskRules::default());
        let identity = Identity::Own {
            folder: folder.path().join("tls"),
            hosts: vec!["localhost".to_owned(), "127.0.0.1".to_owned()],
        };
        let certificate = Certificate::load(&identity, machine_time()).unwrap();
        let root = std::fs::read(&certificate.authority.as_ref().unwrap().file).unwrap();
        let service = TaskService::new(
            desk.clone(),
            files,
            settings,
            Arc::new(Counted(SeededIds::new(1000))),
        );
        let server = Server::listen("127.0.0.1:0".parse().unwrap()).unwrap();
        let address = server.address();
        let stop = CancellationToken::new();
        tokio::spawn(server.serve(service.router(), certificate.clone(), stop.clone()));
        Self {
            desk,
            office,
            service,
            folder,
            database,
            clock,
            address,
            certificate,
            root,
            ids: SeededIds::new(5000),
            _stop: stop.drop_guard(),
        }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Lets time pass.
    pub(crate) fn pass(&self, time: Duration) {
        *self.clock.0.lock().unwrap() += TimeDelta::from_std(time).unwrap();
    }

    /// Adds a connector with a credential.
    pub(crate) async fn member(&self, name: &str) -> Member {
        let new = NewConnector::self_hosted(name, Schedule::Never);
        let added = self.office.add_connector(&tester(), &new, "localhost").await;
        let connector = added.unwrap();
        self.another_credential(connector, None).await
    }

    pub(crate) async fn another_credential(
        &self,
        connector: Connector,
        until: Option<DateTime<Utc>>,
    ) -> Member {
        let mut seed = [7; 32];
        seed[..16].copy_from_slice(&self.ids.next_bytes());
        let secret = ClientSecret::generate(seed);
        let task_protocol::PublicKey(key) = secret.public_key();
        let authority = format!("localhost:{}", self.address.port());
        let name = |id: &governance::CredentialId| format!("{id}@{authority}/rollcall");
        let added = self
            .office
            .add_credential(&tester(), &connector.id, name, (PublicKey(key), until))
            .await;
        let credential = added.unwrap();
        Member {
            client_id: ClientId::parse(&credential.client_id).unwrap(),
            connector,
            credential,
            secret,
        }
    }

    /// A new assertion of a member.
    pub(crate) fn assertion(&self, member: &Member) -> String {
        assertion::sign(
            &member.client_id,
            &member.secret,
            self.now(),
            self.ids.next_bytes(),
        )
    }

    /// What the token endpoint says to an assertion.
    pub(crate) async fn ask_for_token(&self, client_id: &str, assertion: &str) -> Answer {
        self.post(&[
            ("client_assertion", assertion),
            ("client_assertion_type", ASSERTION_TYPE),
            ("client_id", client_id),
            ("grant_type", GRANT_TYPE),
        ])
        .await
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "a client that is not ours, for what ours would not send"
    )]
    pub(crate) async fn post(&self, form: &[(&str, &str)]) -> Answer {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        rustls::crypto::ring::default_provider().install_default().ok();
        let client = reqwest::Client::builder()
            .tls_certs_only([reqwest::Certificate::from_pem(&self.root).unwrap()])
            .no_proxy()
            .build()
            .unwrap();
        let response = client
            .post(format!("https://localhost:{}{TOKEN_PATH}", self.address.port()))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form)
            .send()
            .await
            .unwrap();
        Answer {
            status: response.status().as_u16(),
            body: serde_json::from_slice(&response.bytes().await.unwrap()).unwrap_or_default(),
        }
    }

    /// An access token of a member.
    pub(crate) async fn token(&self, member: &Member) -> String {
        let answer = self
            .ask_for_token(member.client_id.as_str(), &self.assertion(member))
            .await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body["access_token"].as_str().unwrap().to_owned()
    }

    /// A client of a member.
    pub(crate) async fn client(&self, member: &Member) -> Client {
        let token = self.token(member).await;
        self.client_with(&format!("Bearer {token}")).await
    }

    /// A client that shows anything.
    pub(crate) async fn client_with(&self, authorization: &str) -> Client {
        BatonServiceClient::with_interceptor(self.channel().await, Bearer(authorization.to_owned()))
    }

    /// A connection.
    pub(crate) async fn channel(&self) -> Channel {
        Channel::from_shared(format!("https://localhost:{}", self.address.port()))
            .unwrap()
            .tls_config(ClientTlsConfig::new().ca_certificate(Root::from_pem(&self.root)))
            .unwrap()
            .connect()
            .await
            .unwrap()
    }

    pub(crate) async fn ask(&self, member: &Member, asked: TaskType) -> TaskId {
        let work: Work = task_service::work(asked, false).unwrap();
        self.desk.ask(&member.connector.id, work).await.unwrap().id
    }

    pub(crate) async fn task(&self, id: &TaskId) -> Task {
        self.desk.store().task(id).await.unwrap().unwrap().value
    }

    pub(crate) async fn label(&self, member: &Member) -> Label {
        let seen = self.office.seen(&tester(), &member.connector.id).await;
        seen.unwrap().label
    }
}

/// TLS checks certificates against the machine's clock, so they are made by it.
#[expect(clippy::disallowed_methods, reason = "the clock that others go by")]
pub(crate) fn machine_time() -> DateTime<Utc> {
    std::time::SystemTime::now().into()
}

/// What comes with each call.
#[derive(Clone)]
pub(crate) struct Bearer(String);

impl tonic::service::Interceptor for Bearer {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        let value = MetadataValue::try_from(&self.0).unwrap();
        request.metadata_mut().insert("authorization", value);
        Ok(request)
    }
}

/// A refusal, for snapshots.
pub(crate) fn said(status: &Status) -> String {
    format!("{:?}: {}", status.code(), status.message())
}
