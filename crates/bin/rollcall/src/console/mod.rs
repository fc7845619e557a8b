//! The console as this program puts it together: what it is given, and what goes on beside it.

mod believing;
mod files;
mod post;
mod probe;
mod wanted;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use ::console::{Console, Helpers, Settings};
use governance::Office;
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

/// What the console is made of.
pub(crate) struct Given<'a> {
    pub(crate) office: &'a Office,
    pub(crate) keys: &'a Arc<LiveRing>,
    pub(crate) receiving: Receiving,
    /// Another address of Cloudflare's API, for a simulator on this machine.
    pub(crate) cloudflare: Option<&'a str>,
    pub(crate) settings: Settings,
    /// Woken when a connector is to run otherwise.
    pub(crate) changed: &'a Arc<Notify>,
}

/// The ring of keys that secrets are sealed with: a file of its own, apart from the database.
pub(crate) fn keys(file: &Path) -> Result<Arc<LiveRing>, Failure> {
    let ring = LiveRing::open(file, &SystemRandomness);
    ring.map(Arc::new)
        .map_err(|error| Failure::new(&error, error.hint()))
}

/// The console.
pub(crate) fn console(given: Given<'_>) -> Result<Console, Failure> {
    let changed = Arc::clone(given.changed);
    let helpers = Helpers {
        probe: Arc::new(CloudflareProbe::new(given.cloudflare)?),
        files: Arc::new(StoredFiles::new(given.receiving)),
        random: Arc::new(SystemRandomness),
        http: http()?,
        clock: Arc::new(SystemClock),
        changed: Arc::new(move || changed.notify_one()),
    };
    Ok(Console::new(
        given.office.clone(),
        Arc::clone(given.keys),
        helpers,
        given.settings,
    ))
}

/// What sign-in providers are asked with.
fn http() -> Result<http_client::Client, Failure> {
    let options = http_client::Options {
        timeout: PATIENCE,
        max_body: LARGEST_ANSWER,
        ..http_client::Options::default()
    };
    http_client::Client::new(options).map_err(|error| Failure::new(&error, error.hint()))
}
