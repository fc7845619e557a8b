//! The console and the API as this program puts them together: what they are given, and what goes on beside them.

mod believing;
mod files;
mod post;
mod probe;
mod wanted;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use ::console::Providers;
use governance::Office;
use lobby::{Helpers, Lobby, Proxies};
use runner::{SystemClock, SystemRandomness};
use tokio::sync::Notify;
use vault::LiveRing;

pub(crate) use believing::Believing;
pub(crate) use post::Post;
pub(crate) use wanted::WantedHere;

use crate::bringing::Receiving;
use crate::failure::Failure;
use files::StoredFiles;
use probe::CloudflareProbe;

/// How long somebody waits for their sign-in provider.
const PATIENCE: Duration = Duration::from_secs(10);
/// The largest answer of a sign-in provider, in bytes: its keys and a few addresses.
const LARGEST_ANSWER: usize = 1 << 20;

/// What pages and the API have in common, and what that is made of.
pub(crate) struct Given<'a> {
    pub(crate) office: &'a Office,
    pub(crate) keys: &'a Arc<LiveRing>,
    pub(crate) receiving: Receiving,
    /// Another address of Cloudflare's API, for a simulator on this machine.
    pub(crate) cloudflare: Option<&'a str>,
    /// The host and port under which people and connectors reach the service.
    pub(crate) address: &'a str,
    /// Which proxies are believed whom a request comes from.
    pub(crate) proxies: Proxies,
    /// Woken when a connector is to run otherwise.
    pub(crate) changed: &'a Arc<Notify>,
}

/// The ring of keys that secrets are sealed with: a file of its own, apart from the database.
pub(crate) fn keys(file: &Path) -> Result<Arc<LiveRing>, Failure> {
    let ring = LiveRing::open(file, &SystemRandomness);
    ring.map(Arc::new)
        .map_err(|error| Failure::new(&error, error.hint()))
}

/// The room before the office, for pages and the API.
pub(crate) fn lobby(given: Given<'_>) -> Result<Lobby, Failure> {
    let changed = Arc::clone(given.changed);
    let helpers = Helpers {
        probe: Arc::new(CloudflareProbe::new(given.cloudflare)?),
        files: Arc::new(StoredFiles::new(given.receiving)),
        random: Arc::new(SystemRandomness),
        changed: Arc::new(move || changed.notify_one()),
    };
    Ok(Lobby {
        office: given.office.clone(),
        keys: Arc::clone(given.keys),
        helpers,
        address: given.address.to_owned(),
        sync: task_service::sync_work,
        proxies: given.proxies,
    })
}

/// How sign-in providers are asked.
pub(crate) fn providers(plain_loopback: bool) -> Result<Providers, Failure> {
    let options = http_client::Options {
        timeout: PATIENCE,
        max_body: LARGEST_ANSWER,
        ..http_client::Options::default()
    };
    let http = http_client::Client::new(options);
    Ok(Providers {
        http: http.map_err(|error| Failure::new(&error, error.hint()))?,
        clock: Arc::new(SystemClock),
        plain_loopback,
    })
}
