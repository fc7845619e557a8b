//! The console: pages for people.
//!
//! It turns requests into questions to `governance::Office` and answers into pages made of `ui`'s pieces. What somebody
//! may do is decided in the office, never here; here it is decided who somebody is, whether a form is ours, and how an
//! answer looks. It knows no SQL, no wire and no Cloudflare: what it needs of those it is given as [`Helpers`].

mod frame;
mod helpers;
mod pages;
mod passkeys;
mod rates;
mod secrets;
mod sign_on;
mod web;

use std::fmt;
use std::sync::Arc;

use axum::Router;
use governance::{Office, SyncWork};
use vault::LiveRing;

pub use helpers::{
    Allowed, Candidate, CheckItem, Checklist, Files, Helpers, Needed, NotTaken, Pieces, Probe, ProbeError,
    Received,
};
pub use secrets::{
    CONNECTOR_SECRET, context, demo_link, first_start_link, opened, seal_for_connector, welcome_link,
};
pub use web::{Network, NetworkError, Proxies, ProxyHeader};

/// The console, ready to be served over TLS.
#[derive(Clone)]
pub struct Console {
    inner: Arc<Inner>,
}

/// What every page works with.
pub(crate) struct Inner {
    pub(crate) office: Office,
    pub(crate) keys: Arc<LiveRing>,
    pub(crate) helpers: Helpers,
    pub(crate) settings: Settings,
    pub(crate) rates: rates::Rates,
    pub(crate) provider: sign_on::Held,
}

/// How the console is set up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The host and port under which people and connectors reach it.
    pub address: String,
    /// How much work a password costs whoever tries.
    pub strength: authn::Strength,
    /// How a connector is asked to read.
    pub sync: SyncWork,
    /// The most bytes of a file that somebody brings.
    pub largest_file: u64,
    /// The authority that connectors have to be pointed at, PEM, when the certificate is of our own making.
    pub authority: Option<std::path::PathBuf>,
    /// Whether a sign-in provider on this machine may do without TLS.
    pub plain_loopback: bool,
    /// Which proxies are believed whom a request comes from.
    pub proxies: Proxies,
}

impl fmt::Debug for Console {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Console")
            .field("settings", &self.inner.settings)
            .finish_non_exhaustive()
    }
}

impl Console {
    /// A console over an office.
    pub fn new(office: Office, keys: Arc<LiveRing>, helpers: Helpers, settings: Settings) -> Self {
        Self {
            inner: Arc::new(Inner {
                office,
                keys,
                helpers,
                settings,
                rates: rates::Rates::default(),
                provider: sign_on::Held::default(),
            }),
        }
    }

    /// Everything that it answers, to be served over TLS on the same host and port as the service for connectors.
    pub fn router(&self) -> Router {
        web::guarded(pages::router(), Arc::clone(&self.inner))
    }
}
