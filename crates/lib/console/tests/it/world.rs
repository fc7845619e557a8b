//! A console that is served over TLS, its clock, and browsers that keep no cookie that they were not told to.

use std::sync::{Arc, Mutex};

use authn::{PasswordHash, Strength, Token, TokenKind, csrf_token};
use chrono::{DateTime, TimeDelta, Utc};
use console::{Console, Providers, Settings};
use futures_util::StreamExt as _;
use governance::repository::{Ledger as _, Write, Written};
use governance::{
    Actor, ConnectorId, Email, Mode, NewFile, NewSession, Office, Operator, OperatorId, OperatorSource,
    OperatorStatus, Proof, Role, Session, SessionScope, SignIn, TokenHash, Upload, Work,
};
use lobby::{
    Candidate, Checklist, Files, Helpers, Lobby, Needed, NotTaken, Pieces, Probe, ProbeError, Proxies,
    Received,
};
use model::{Clock, NoRandomness, Randomness, SeededIds};
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::{Method, RequestBuilder};
use scim::Scim;
use secrecy::ExposeSecret as _;
use store::Database;
use task_service::{Certificate, Identity, Server};
use tempfile::TempDir;
use tokio_util::sync::{CancellationToken, DropGuard};
use vault::{KeyRing, LiveRing};

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

/// An account that accepts every credential.
struct Generous;

#[async_trait::async_trait]
impl Probe for Generous {
    async fn check(&self, _: &Candidate) -> Result<Checklist, ProbeError> {
        Ok(Checklist {
            account: None,
            credential: "API token".to_owned(),
            expires_at: None,
            items: Vec::new(),
        })
    }

    fn needed(&self, _: Mode) -> Vec<Needed> {
        Vec::new()
    }
}

/// A file of so many bytes.
struct Taken(u64);

#[async_trait::async_trait]
impl Received for Taken {
    fn file(&self) -> NewFile {
        NewFile {
            sync: model::SyncId::new("sync"),
            size: self.0,
            digest: governance::Digest([0; 32]),
            keep: TimeDelta::days(1),
        }
    }

    async fn store(self: Box<Self>, _: &str) -> Result<(), std::io::Error> {
        Ok(())
    }
}

/// Files of three bytes.
struct Short;

#[async_trait::async_trait]
impl Files for Short {
    async fn open(&self, _: &ConnectorId, _: &Upload) -> Result<Pieces, std::io::Error> {
        Ok(futures_util::stream::iter([Ok("abc".into())]).boxed())
    }

    /// Takes what begins with `C1Z`.
    async fn receive(&self, mut pieces: Pieces) -> Result<Box<dyn Received>, NotTaken> {
        let mut all = Vec::new();
        while let Some(piece) = pieces.next().await {
            all.extend(piece.map_err(|_| NotTaken::Broken)?);
        }
        if all.starts_with(b"C1Z") {
            return Ok(Box::new(Taken(all.len() as u64)));
        }
        Err(NotTaken::Refused("it is no .c1z file".to_owned()))
    }
}

pub(crate) struct World {
    pub(crate) office: Office,
    pub(crate) database: Database,
    watch: Arc<Watch>,
    random: Arc<Seeded>,
    client: reqwest::Client,
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
    pub(crate) fn location(&self) -> Option<&str> {
        self.headers.get(LOCATION).map(|value| value.to_str().unwrap())
    }

    pub(crate) fn cookie(&self) -> Option<&str> {
        self.headers.get(SET_COOKIE).map(|value| value.to_str().unwrap())
    }

    /// The session that it gives.
    pub(crate) fn session(&self) -> Browser {
        let cookie = self.cookie().unwrap();
        let value = cookie.split(';').next().unwrap();
        let token = Token::parse(value.strip_prefix("__Host-rollcall=").unwrap()).unwrap();
        Browser::with(token)
    }
}

/// A browser with the cookie of a session, which knows what its forms carry.
#[derive(Clone)]
pub(crate) struct Browser {
    token: Option<Arc<Token>>,
}

impl Browser {
    pub(crate) fn without_session() -> Self {
        Self { token: None }
    }

    pub(crate) fn with(token: Token) -> Self {
        Self {
            token: Some(Arc::new(token)),
        }
    }

    pub(crate) fn csrf(&self) -> String {
        let token = self.token.as_ref();
        token.map_or_else(String::new, |token| csrf_token(token).expose_secret().to_owned())
    }

    pub(crate) fn cookie(&self) -> Option<String> {
        let token = self.token.as_ref()?;
        Some(format!("__Host-rollcall={}", token.to_text().expose_secret()))
    }
}

fn helpers(random: &Arc<Seeded>) -> Helpers {
    Helpers {
        probe: Arc::new(Generous),
        files: Arc::new(Short),
        random: Arc::clone(random) as Arc<dyn Randomness>,
        changed: Arc::new(|| {}),
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::behind(Proxies::default()).await
    }

    /// One that is reached through these proxies.
    #[expect(clippy::disallowed_methods, reason = "a browser is no client of ours")]
    pub(crate) async fn behind(proxies: Proxies) -> Self {
        rustls::crypto::ring::default_provider().install_default().ok();
        let now: DateTime<Utc> = "2026-11-25T10:00:00Z".parse().unwrap();
        let watch = Arc::new(Watch(Mutex::new(now)));
        let random = Arc::new(Seeded(Mutex::new(ChaCha8Rng::seed_from_u64(1))));
        let database = Database::in_memory().await.unwrap();
        let office = Office::new(
            Arc::new(database.clone()),
            Arc::clone(&watch) as Arc<dyn Clock>,
            Arc::new(SeededIds::new(1)),
        );
        let server = Server::listen("127.0.0.1:0".parse().unwrap()).unwrap();
        let port = server.address().port();
        let folder = TempDir::new().unwrap();
        let certificate = certificate(&folder);
        let authority = certificate.authority.clone().unwrap();
        let lobby = Lobby {
            office: office.clone(),
            keys: Arc::new(LiveRing::fixed(KeyRing::generate(random.as_ref()).unwrap())),
            helpers: helpers(&random),
            address: format!("localhost:{port}"),
            sync: |_| Work::new(governance::TaskKind::Sync, None, Vec::new()),
            proxies,
        };
        let settings = Settings {
            strength: Strength::LEAST,
            largest_file: 1 << 20,
            authority: None,
            providers: Providers {
                http: http_client::Client::new(http_client::Options::default()).unwrap(),
                clock: Arc::clone(&watch) as Arc<dyn Clock>,
                plain_loopback: true,
            },
        };
        let scim = Scim::new(lobby.clone());
        let console = Console::new(lobby, settings);
        let stop = CancellationToken::new();
        let router = scim.router().merge(console.router());
        let serving = server.serve(router, certificate, stop.clone());
        tokio::spawn(serving);
        let root = std::fs::read(&authority.file).unwrap();
        let client = reqwest::Client::builder()
            .tls_certs_only([reqwest::Certificate::from_pem(&root).unwrap()])
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            office,
            database,
            watch,
            random,
            client,
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

    pub(crate) fn origin(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    pub(crate) fn new_token(&self, kind: TokenKind) -> (Token, TokenHash) {
        let token = Token::generate(kind, self.random.as_ref()).unwrap();
        let hash = TokenHash(*token.hash().as_bytes());
        (token, hash)
    }

    /// What is kept of a password.
    pub(crate) fn hashed(&self, password: &str) -> String {
        let hash = PasswordHash::new(&password.into(), Strength::LEAST, self.random.as_ref());
        hash.unwrap().to_text()
    }

    /// Somebody who may come in.
    pub(crate) async fn person(&self, name: &str, roles: &[Role]) -> Operator {
        let mut id = [0; 16];
        self.random.fill(&mut id).unwrap();
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

    pub(crate) async fn write(&self, writes: &[Write]) {
        assert_eq!(self.database.commit(writes, &[]).await.unwrap(), Written::Yes);
    }

    /// A browser in which they are signed in.
    pub(crate) async fn signed_in(&self, operator: &Operator) -> (Browser, Session) {
        self.with_session(operator, SessionScope::Full).await
    }

    pub(crate) async fn with_session(&self, operator: &Operator, scope: SessionScope) -> (Browser, Session) {
        let (token, hash) = self.new_token(TokenKind::Session);
        let stranger = Actor::stranger(None, None);
        let new = NewSession {
            token: hash,
            scope,
            proof: Proof::Password,
            agent: "tests",
        };
        let session = self.office.begin_session(&stranger, operator, new);
        (Browser::with(token), session.await.unwrap())
    }

    pub(crate) fn request(&self, browser: &Browser, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.origin()));
        match browser.cookie() {
            Some(cookie) => request.header(COOKIE, cookie),
            None => request,
        }
    }

    pub(crate) async fn get(&self, browser: &Browser, path: &str) -> Answer {
        answer(self.request(browser, Method::GET, path)).await
    }

    /// Sends a form as a page of ours does.
    pub(crate) async fn post(&self, browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
        answer(self.form(browser, path, &browser.csrf(), fields)).await
    }

    /// A form from our own pages, with that token in it.
    pub(crate) fn form(
        &self,
        browser: &Browser,
        path: &str,
        csrf: &str,
        fields: &[(&str, &str)],
    ) -> RequestBuilder {
        self.bare_form(browser, path, csrf, fields)
            .header(ORIGIN, self.origin())
    }

    /// The same, which does not say from where it was sent.
    pub(crate) fn bare_form(
        &self,
        browser: &Browser,
        path: &str,
        csrf: &str,
        fields: &[(&str, &str)],
    ) -> RequestBuilder {
        let body = form_urlencoded::Serializer::new(String::new())
            .append_pair(ui::CSRF_FIELD, csrf)
            .extend_pairs(fields)
            .finish();
        self.request(browser, Method::POST, path)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body)
    }
}

pub(crate) async fn answer(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let is_endless = headers
        .get(CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes().starts_with(b"text/event-stream"));
    Answer {
        status,
        headers,
        text: if is_endless {
            String::new()
        } else {
            response.text().await.unwrap()
        },
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the time of certificates is the machine's"
)]
fn machine_time() -> DateTime<Utc> {
    std::time::SystemTime::now().into()
}

/// Good now by the clock of the machine, which is also the client's.
fn certificate(folder: &TempDir) -> Certificate {
    let identity = Identity::Own {
        folder: folder.path().to_owned(),
        hosts: vec!["localhost".to_owned()],
    };
    Certificate::load(&identity, machine_time()).unwrap()
}
