//! Starting and stopping.

use std::{io, net::SocketAddr, sync::Arc};

use axum::Router;
use secrecy::ExposeSecret;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use super::{
    change::Changes,
    fault::Faults,
    handle::{Shared, handle},
    journal::Journal,
    rate::RateLimiter,
    trigger::When,
    wire::{Exchange, Line},
    work::BASE,
};
use crate::{
    Options,
    state::{Credential, Holder, Picture, State, Token},
    store::Store,
};

/// A simulator that is not started yet.
#[derive(Debug)]
pub struct Sim {
    state: State,
    options: Options,
}

impl Sim {
    /// A simulator over a state, or over what a [`crate::Spec`] builds.
    pub fn new(state: impl Into<State>, options: Options) -> Self {
        Self {
            state: state.into(),
            options,
        }
    }

    /// Starts on a free port of the local machine.
    ///
    /// # Errors
    ///
    /// When no port can be opened.
    pub async fn start(self) -> io::Result<Running> {
        self.start_at(SocketAddr::from(([127, 0, 0, 1], 0))).await
    }

    /// Starts on a given address.
    ///
    /// # Errors
    ///
    /// When the address is in use or not this machine's.
    pub async fn start_at(self, address: SocketAddr) -> io::Result<Running> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            limiter: RateLimiter::new(self.options.rate_limit, self.options.clock.clone()),
            store: Store::new(self.state),
            options: self.options,
            journal: Journal::default(),
            faults: Faults::default(),
            before: Changes::default(),
            after: Changes::default(),
        });
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(serve(listener, shared.clone(), stopped));
        Ok(Running {
            address,
            shared,
            stop: Some(stop),
            task,
        })
    }
}

/// Serves until `stopped` resolves, which it does when its sender is dropped, too.
async fn serve(listener: TcpListener, shared: Arc<Shared>, stopped: oneshot::Receiver<()>) {
    let app = Router::new().fallback(handle).with_state(shared);
    let service = app.into_make_service_with_connect_info::<Line>();
    let stop = async { stopped.await.unwrap_or_default() };
    // Serving ends with `stop` only; the result carries no error.
    axum::serve(Exchange(listener), service)
        .with_graceful_shutdown(stop)
        .await
        .ok();
}

/// A simulator that answers. It stops when dropped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl Running {
    /// What clients take for Cloudflare's base URL, without a slash at the end.
    pub fn base_url(&self) -> String {
        format!("http://{}{BASE}", self.address)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Id of the account whose contents are served.
    pub fn account_id(&self) -> String {
        self.read(|state| state.account.id.clone())
    }

    /// The secret of the first user token, empty without one.
    pub fn token(&self) -> String {
        self.secret_of(|holder| *holder == Holder::User)
    }

    /// The secret of the first account-owned token, empty without one.
    pub fn account_token(&self) -> String {
        self.secret_of(|holder| *holder == Holder::Account)
    }

    /// Address and global API key, empty without one.
    pub fn key(&self) -> (String, String) {
        let secret = self.secret_of(|holder| matches!(holder, Holder::Key { .. }));
        (self.read(|state| state.user.email.clone()), secret)
    }

    /// The calls so far.
    pub fn journal(&self) -> &Journal {
        &self.shared.journal
    }

    /// The fault switches.
    pub fn faults(&self) -> &Faults {
        &self.shared.faults
    }

    /// Looks at the state.
    pub fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        self.shared.store.read(look)
    }

    /// Changes the state between two calls.
    pub fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        self.shared.store.change(change)
    }

    /// Adds a way to authenticate.
    pub fn accept(&self, credential: Credential) {
        self.change(|state| state.credentials.push(credential));
    }

    /// Adds a token of the account or the user, which authenticates with `secret` and may do what its policies say.
    pub fn issue(&self, token: Token, holder: Holder, secret: &str) {
        self.change(move |state| {
            let listed = match holder {
                Holder::Account => &mut state.tokens,
                Holder::User | Holder::Key { .. } => &mut state.user_tokens,
            };
            let credential = Credential::of_token(&token, holder, secret, &state.account.id);
            listed.push(token);
            state.credentials.push(credential);
        });
    }

    /// Changes the state once, right before the call that `when` names is worked on.
    pub fn before(&self, when: When, change: impl FnOnce(&mut State) + Send + 'static) {
        self.shared.before.add(when, Box::new(change));
    }

    /// Changes the state once, right after the call that `when` names was answered.
    pub fn after(&self, when: When, change: impl FnOnce(&mut State) + Send + 'static) {
        self.shared.after.add(when, Box::new(change));
    }

    /// The access that the account gives, to compare with that of another moment.
    pub fn picture(&self) -> Picture {
        self.read(State::picture)
    }

    /// Stops and waits until open calls are answered.
    pub async fn stop(mut self) {
        self.stop.take();
        // A task that panicked has nothing left to wait for.
        (&mut self.task).await.ok();
    }

    fn secret_of(&self, wanted: impl Fn(&Holder) -> bool) -> String {
        self.read(|state| {
            let found = state
                .credentials
                .iter()
                .find(|credential| wanted(&credential.holder));
            found
                .map(|credential| credential.secret.expose_secret().to_owned())
                .unwrap_or_default()
        })
    }
}
