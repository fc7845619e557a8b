//! What pages and the API have in common before they come to the office: making secrets and sealing them, testing
//! settings, reading files, and who asks, and how often.
//!
//! What somebody may do is decided in `governance::Office`, never here; how an answer looks is decided by whoever asks.
//! It knows no pages, no SQL, no wire and no Cloudflare: what it needs of those it is given as [`Helpers`].

mod bearer;
mod connectors;
mod credentials;
mod error;
mod files;
mod helpers;
mod people;
mod proxies;
mod rates;
mod secrets;
mod settings;

use std::fmt;
use std::sync::Arc;

use governance::{Office, SyncWork};
use vault::LiveRing;

pub use bearer::api_key;
pub use connectors::ConnectorChange;
pub use error::LobbyError;
pub use files::OpenFile;
pub use helpers::{
    Allowed, Candidate, CheckItem, Checklist, Files, Helpers, Needed, NotTaken, Pieces, Probe, ProbeError,
    Received,
};
pub use proxies::{Network, NetworkError, Proxies, ProxyHeader};
pub use rates::Rates;
pub use secrets::{context, kept, link_to, new_token, opened, seal_for_connector, welcome_link};
pub use settings::{NewSettings, is_account_id, is_plain};

/// The room before the office.
#[derive(Clone)]
pub struct Lobby {
    /// Where everything is decided.
    pub office: Office,
    /// With what secrets are sealed.
    pub keys: Arc<LiveRing>,
    /// What it was given.
    pub helpers: Helpers,
    /// The host and port under which people and connectors reach the service.
    pub address: String,
    /// How a connector is asked to read.
    pub sync: SyncWork,
    /// Which proxies are believed whom a request comes from.
    pub proxies: Proxies,
}

impl fmt::Debug for Lobby {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lobby")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}
