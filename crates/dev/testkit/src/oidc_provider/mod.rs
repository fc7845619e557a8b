//! An `OpenID` Connect provider on a real socket, which can misbehave.

mod answers;
mod key;
mod token;

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use key::Algorithm;
use key::Key;
use token::Asked;

/// What the provider knows its only client as.
pub const CLIENT_ID: &str = "rollcall-test";
/// What proves that it is the client.
pub const CLIENT_SECRET: &str = "a secret of no value";

/// Who signs in, whoever asks.
#[derive(Clone, Debug)]
pub struct Person {
    /// The person's number.
    pub subject: String,
    /// The person's address.
    pub email: String,
    /// Whether it is said to be verified.
    pub email_verified: bool,
    /// The person's name.
    pub name: String,
    /// What the person proves it with, as `amr` has it.
    pub methods: Vec<String>,
}

/// What the provider does wrong with ID tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Misbehaviour {
    /// Nothing.
    #[default]
    None,
    /// Another nonce than the one sent.
    WrongNonce,
    /// `alg` is `none`, and there is no signature.
    Unsigned,
    /// `alg` is `HS256`, with the public key as the secret.
    PublicKeyAsSecret,
    /// The end was an hour ago.
    Expired,
    /// Made an hour from now.
    Future,
    /// For another client.
    WrongAudience,
    /// From another issuer.
    OtherIssuer,
    /// The claims were changed after signing.
    Forged,
    /// Signed with a key that is not published.
    UnpublishedKey,
    /// No ID token at all.
    NoIdToken,
    /// The answer is no JSON.
    Garbage,
    /// The person does not want to: the browser comes back without a code.
    Cancelled,
}

/// A provider that runs.
#[derive(Debug)]
pub struct OidcProvider {
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    issuer: String,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    now: i64,
    person: Person,
    misbehaviour: Misbehaviour,
    key: Key,
    codes: BTreeMap<String, Asked>,
    calls: BTreeMap<&'static str, u64>,
}

impl OidcProvider {
    /// Starts a provider that signs in this way; `now` is the time in seconds since 1970.
    ///
    /// # Errors
    ///
    /// When no socket is to be had.
    pub async fn start(algorithm: Algorithm, now: i64) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let shared = Arc::new(Shared {
            issuer: format!("http://{}", listener.local_addr()?),
            state: Mutex::new(State {
                now,
                person: ada(),
                misbehaviour: Misbehaviour::None,
                key: Key::new(algorithm, 1),
                codes: BTreeMap::new(),
                calls: BTreeMap::new(),
            }),
        });
        let router = router(Arc::clone(&shared));
        let task = tokio::spawn(async move {
            axum::serve(listener, router).await.ok();
        });
        Ok(Self { shared, task })
    }

    /// The provider's address.
    pub fn issuer(&self) -> String {
        self.shared.issuer.clone()
    }

    /// Does something wrong from now on.
    pub fn misbehave(&self, how: Misbehaviour) {
        self.shared.state().misbehaviour = how;
    }

    /// Another person signs in from now on.
    pub fn admit(&self, person: Person) {
        self.shared.state().person = person;
    }

    /// Signs with a new key from now on, and publishes that one only.
    pub fn rotate(&self) {
        let mut state = self.shared.state();
        state.key = state.key.next();
    }

    /// How often a path was asked for.
    pub fn calls(&self, path: &str) -> u64 {
        self.shared.state().calls.get(path).copied().unwrap_or_default()
    }
}

impl Drop for OidcProvider {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route(answers::CONFIGURATION, get(answers::configuration))
        .route(answers::KEYS, get(answers::keys))
        .route(answers::AUTHORIZE, get(answers::authorize))
        .route(answers::TOKEN, post(answers::token))
        .with_state(shared)
}

/// The person who signs in when nothing else was said, by password and code.
pub fn ada() -> Person {
    Person {
        subject: "ada-1815".to_owned(),
        email: "ada@example.com".to_owned(),
        email_verified: true,
        name: "Ada Moreau".to_owned(),
        methods: vec!["pwd".to_owned(), "otp".to_owned()],
    }
}
