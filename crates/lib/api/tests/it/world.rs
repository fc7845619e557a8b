//! An API that is served over TLS, its clock, and programs with keys.

use std::sync::{Arc, Mutex};

use api::Api;
use authn::{Token, TokenKind};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::StreamExt as _;
use governance::repository::{Ledger as _, Write, Written};
use governance::{
    Actor, ApiKey, ConnectorId, Email, KeyLife, KeyScope, Mode, NewApiKey, NewSession, Office, Operator,
    OperatorId, OperatorSource, OperatorStatus, Proof, Role, SessionId, SignIn, TaskKind, Upload, Via, Work,
};
use lobby::{
    Candidate, CheckItem, Checklist, Files, Helpers, Lobby, Needed, NotTaken, Pieces, Probe, ProbeError,
    Received,
};
use model::{Clock, NoRandomness, Randomness, SeededIds};
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use reqwest::{Method, RequestBuilder};
use secrecy::ExposeSecret as _;
use serde_json::Value;
use store::Database;
use task_service::{Certificate, Identity, Server};
use tempfile::TempDir;
use tokio_util::sync::{CancellationToken, DropGuard};
use vault::{KeyRing, LiveRing};

/// A token that the account does not accept.
pub(crate) const REJECTED: &str = "cfat_rejected_rejected_rejected";
/// A token with which the account cannot be asked.
pub(crate) const UNREACHABLE: &str = "cfat_unreachable_unreachable";

/// A clock that is put forward by hand.
#[derive(Debug)]
struct Watch(Mutex<DateTime<Utc>>);

impl Clock for Watch {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// Randomness that is the same in each run.
#[derive(Debug)]
struct Seeded(Mutex<ChaCha8Rng>);

impl Randomness for Seeded {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        self.0.lock().unwrap().fill_bytes(bytes);
        Ok(())
    }
}

/// An account that accepts nearly every credential.
struct Account;

#[async_trait::async_trait]
impl Probe for Account {
    async fn check(&self, candidate: &Candidate) -> Result<Checklist, ProbeError> {
        let wrong = |message: &str, is_rejection| ProbeError {
            message: message.to_owned(),
            hint: "copy it again".to_owned(),
            is_rejection,
        };
        match candidate.secret.expose_secret() {
            REJECTED => Err(wrong("the token is not accepted", true)),
            UNREACHABLE => Err(wrong("the account did not answer", false)),
            _ => Ok(Checklist {
                account: Some("Example Retail".to_owned()),
                credential: "API token".to_owned(),
                expires_at: None,
                items: vec![CheckItem {
                    permission: "Account Settings Read".to_owned(),
                    allowed: lobby::Allowed::Yes,
                    reason: "members".to_owned(),
                    is_needed_for_all: true,
                }],
            }),
        }
    }

    fn needed(&self, _: Mode) -> Vec<Needed> {
        Vec::new()
    }
}

/// Files of three bytes.
struct Short;

#[async_trait::async_trait]
impl Files for Short {
    async fn open(&self, _: &ConnectorId, _: &Upload) -> Result<Pieces, std::io::Error> {
        Ok(futures_util::stream::iter([Ok("abc".into())]).boxed())
    }

    async fn receive(&self, _: Pieces) -> Result<Box<dyn Received>, NotTaken> {
        Err(NotTaken::Broken)
    }
}

pub(crate) struct World {
    pub(crate) office: Office,
    pub(crate) database: Database,
    pub(crate) client: reqwest::Client,
    watch: Arc<Watch>,
    lobby: Lobby,
    port: u16,
    _folder: TempDir,
    _serving: DropGuard,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// The code of a problem.
    pub(crate) fn code(&self) -> String {
        let json = self.json();
        json["code"].as_str().unwrap_or_default().to_owned()
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        rustls::crypto::ring::default_provider().install_default().ok();
        let now: DateTime<Utc> = "2026-11-25T10:00:00Z".parse().unwrap();
        let watch = Arc::new(Watch(Mutex::new(now)));
        let random = Arc::new(Seeded(Mutex::new(ChaCha8Rng::seed_from_u64(1))));
        let database = Database::in_memory().await.unwrap();
        let clock = Arc::clone(&watch) as Arc<dyn Clock>;
        let office = Office::new(Arc::new(database.clone()), clock, Arc::new(SeededIds::new(1)));
        let server = Server::listen("127.0.0.1:0".parse().unwrap()).unwrap();
        let port = server.address().port();
        let lobby = Lobby {
            office: office.clone(),
            keys: Arc::new(LiveRing::fixed(KeyRing::generate(random.as_ref()).unwrap())),
            helpers: Helpers {
                probe: Arc::new(Account),
                files: Arc::new(Short),
                random: Arc::clone(&random) as Arc<dyn Randomness>,
                changed: Arc::new(|| {}),
            },
            address: format!("localhost:{port}"),
            proxies: lobby::Proxies::default(),
            sync: |_| Work::new(TaskKind::Sync, None, Vec::new()),
        };
        let folder = TempDir::new().unwrap();
        let certificate = certificate(&folder);
        let authority = certificate.authority.clone().unwrap();
        let stop = CancellationToken::new();
        tokio::spawn(server.serve(Api::new(lobby.clone()).router(), certificate, stop.clone()));
        Self {
            client: client(&std::fs::read(&authority.file).unwrap()),
            office,
            database,
            watch,
            lobby,
            port,
            _folder: folder,
            _serving: stop.drop_guard(),
        }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.watch.now()
    }

    pub(crate) fn later(&self, time: TimeDelta) {
        *self.watch.0.lock().unwrap() += time;
    }

    pub(crate) async fn write(&self, writes: &[Write]) {
        assert_eq!(self.database.commit(writes, &[]).await.unwrap(), Written::Yes);
    }

    /// Somebody who may come in.
    pub(crate) async fn person(&self, name: &str, roles: &[Role]) -> Operator {
        let mut id = [0; 16];
        self.lobby.helpers.random.fill(&mut id).unwrap();
        let operator = Operator {
            id: OperatorId::new(self.now(), id),
            email: Email::parse(&format!("{}@example.com", name.to_lowercase())).unwrap(),
            name: name.to_owned(),
            roles: roles.iter().copied().collect(),
            status: OperatorStatus::Active,
            source: OperatorSource::Local,
            created_at: self.now(),
        };
        self.write(&[
            Write::AddOperator(operator.clone()),
            Write::PutSignIn(SignIn::none(operator.id.clone())),
        ])
        .await;
        operator
    }

    /// A key of somebody's, and its text.
    pub(crate) async fn key(&self, operator: &Operator, scope: KeyScope) -> (ApiKey, String) {
        let new = NewApiKey {
            name: "deploy",
            scope,
            life: KeyLife::Week,
        };
        let made = self.lobby.add_api_key(&signed_in(operator), &new).await;
        let (key, text) = made.unwrap();
        (key, text.expose_secret().to_owned())
    }

    /// The secret of a session, as a cookie has it.
    pub(crate) async fn session(&self, operator: &Operator) -> String {
        let token = Token::generate(TokenKind::Session, self.lobby.helpers.random.as_ref()).unwrap();
        let new = NewSession {
            token: lobby::kept(&token),
            scope: governance::SessionScope::Full,
            proof: Proof::Password,
            agent: "",
        };
        let stranger = Actor::stranger(None, None);
        self.office.begin_session(&stranger, operator, new).await.unwrap();
        token.to_text().expose_secret().to_owned()
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let address = format!("https://localhost:{}/api/v1{path}", self.port);
        self.client.request(method, address)
    }

    pub(crate) async fn get(&self, key: &str, path: &str) -> Answer {
        answer(self.request(Method::GET, path).bearer_auth(key)).await
    }

    pub(crate) async fn send(&self, key: &str, method: Method, path: &str, body: &Value) -> Answer {
        let request = self.request(method, path).bearer_auth(key);
        if body.is_null() {
            return answer(request).await;
        }
        let request = request.header("content-type", "application/json");
        answer(request.body(body.to_string())).await
    }

    pub(crate) async fn post(&self, key: &str, path: &str, body: Value) -> Answer {
        self.send(key, Method::POST, path, &body).await
    }
}

/// Somebody who acts in a browser.
pub(crate) fn signed_in(operator: &Operator) -> Actor {
    Actor {
        name: operator.name.clone(),
        roles: operator.roles.clone(),
        via: Via::Session {
            operator: operator.id.clone(),
            session: SessionId::new(operator.created_at, [1; 16]),
        },
        from: None,
        request: None,
    }
}

pub(crate) async fn answer(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        text: response.text().await.unwrap(),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a program that calls is no client of ours"
)]
fn client(authority: &[u8]) -> reqwest::Client {
    reqwest::Client::builder()
        .tls_certs_only([reqwest::Certificate::from_pem(authority).unwrap()])
        .no_proxy()
        .build()
        .unwrap()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the time of certificates is the machine's"
)]
fn certificate(folder: &TempDir) -> Certificate {
    let identity = Identity::Own {
        folder: folder.path().to_owned(),
        hosts: vec!["localhost".to_owned()],
    };
    Certificate::load(&identity, std::time::SystemTime::now().into()).unwrap()
}
