//! The console: pages for people.
//!
//! It turns requests into questions to `governance::Office` and answers into pages made of `ui`'s pieces. What somebody
//! may do is decided in the office, never here; here it is decided who somebody is, whether a form is ours, and how an
//! answer looks. It knows no SQL, no wire and no Cloudflare: what pages need of those they have from the lobby.

mod frame;
mod pages;
mod passkeys;
mod secrets;
mod sheet;
mod sign_on;
mod web;

use std::fmt;
use std::sync::Arc;

use axum::Router;
use chrono::TimeDelta;
use governance::Office;
use lobby::{Lobby, Rates};
use model::Clock;

pub use secrets::{demo_link, first_start_link};

/// How often somebody may try to sign in, from one address.
const TRIES: u32 = 20;
/// In which stretch of time.
const WINDOW: TimeDelta = TimeDelta::minutes(5);

/// The console, ready to be served over TLS.
#[derive(Clone)]
pub struct Console {
    inner: Arc<Inner>,
}

/// What every page works with.
pub(crate) struct Inner {
    pub(crate) office: Office,
    pub(crate) lobby: Lobby,
    pub(crate) settings: Settings,
    pub(crate) rates: Rates,
    pub(crate) provider: sign_on::Held,
}

/// How the console is set up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How much work a password costs whoever tries.
    pub strength: authn::Strength,
    /// The most bytes of a file that somebody brings.
    pub largest_file: u64,
    /// The authority that connectors have to be pointed at, PEM, when the certificate is of our own making.
    pub authority: Option<std::path::PathBuf>,
    /// How sign-in providers are asked.
    pub providers: Providers,
}

/// How sign-in providers are asked.
#[derive(Clone)]
pub struct Providers {
    /// With this.
    pub http: http_client::Client,
    /// The time that their word is held against.
    pub clock: Arc<dyn Clock>,
    /// Whether one on this machine may do without TLS.
    pub plain_loopback: bool,
}

impl fmt::Debug for Providers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Providers")
            .field("plain_loopback", &self.plain_loopback)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Console {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Console")
            .field("settings", &self.inner.settings)
            .finish_non_exhaustive()
    }
}

impl Console {
    /// A console behind a lobby.
    pub fn new(lobby: Lobby, settings: Settings) -> Self {
        Self {
            inner: Arc::new(Inner {
                office: lobby.office.clone(),
                lobby,
                settings,
                rates: Rates::new(TRIES, WINDOW),
                provider: sign_on::Held::default(),
            }),
        }
    }

    /// Everything that it answers, to be served over TLS on the same host and port as the service for connectors.
    pub fn router(&self) -> Router {
        web::guarded(pages::router(), Arc::clone(&self.inner))
    }
}
