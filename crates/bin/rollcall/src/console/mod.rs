//! The console as this program puts it together: what it is given, and what goes on beside it.

mod believing;
mod files;
mod post;
mod probe;
mod wanted;

use std::path::Path;
use std::sync::Arc;

use ::console::{Console, Helpers, Settings};
use governance::Office;
use runner::SystemRandomness;
use task_service::FileStore;
use tokio::sync::Notify;
use vault::LiveRing;

pub(crate) use believing::Believing;
pub(crate) use post::Post;
pub(crate) use wanted::WantedHere;

use crate::failure::Failure;
use files::StoredFiles;
use probe::CloudflareProbe;

/// What the console is made of.
pub(crate) struct Given<'a> {
    pub(crate) office: &'a Office,
    pub(crate) keys: &'a Arc<LiveRing>,
    pub(crate) files: &'a FileStore,
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
        files: Arc::new(StoredFiles(given.files.clone())),
        random: Arc::new(SystemRandomness),
        changed: Arc::new(move || changed.notify_one()),
    };
    Ok(Console::new(
        given.office.clone(),
        Arc::clone(given.keys),
        helpers,
        given.settings,
    ))
}
