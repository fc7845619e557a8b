//! The console and the API as this program puts them together: what they are given, and what goes on beside them.

mod believing;
mod files;
mod post;
mod probe;
mod wanted;

use std::path::Path;
use std::sync::Arc;

use governance::Office;
use lobby::{Helpers, Lobby};
use runner::SystemRandomness;
use task_service::FileStore;
use tokio::sync::Notify;
use vault::KeyRing;

pub(crate) use believing::Believing;
pub(crate) use post::Post;
pub(crate) use wanted::WantedHere;

use crate::failure::Failure;
use files::StoredFiles;
use probe::CloudflareProbe;

/// What pages and the API have in common, and what that is made of.
pub(crate) struct Given<'a> {
    pub(crate) office: &'a Office,
    pub(crate) keys: &'a Arc<KeyRing>,
    pub(crate) files: &'a FileStore,
    /// Another address of Cloudflare's API, for a simulator on this machine.
    pub(crate) cloudflare: Option<&'a str>,
    /// The host and port under which people and connectors reach the service.
    pub(crate) address: &'a str,
    /// Woken when a connector is to run otherwise.
    pub(crate) changed: &'a Arc<Notify>,
}

/// The ring of keys that secrets are sealed with: a file of its own, apart from the database.
pub(crate) fn keys(file: &Path) -> Result<Arc<KeyRing>, Failure> {
    let ring = KeyRing::load_or_create(file, &SystemRandomness);
    ring.map(Arc::new)
        .map_err(|error| Failure::new(&error, error.hint()))
}

/// The room before the office, for pages and the API.
pub(crate) fn lobby(given: &Given<'_>) -> Result<Lobby, Failure> {
    let changed = Arc::clone(given.changed);
    let helpers = Helpers {
        probe: Arc::new(CloudflareProbe::new(given.cloudflare)?),
        files: Arc::new(StoredFiles(given.files.clone())),
        random: Arc::new(SystemRandomness),
        changed: Arc::new(move || changed.notify_one()),
    };
    Ok(Lobby {
        office: given.office.clone(),
        keys: Arc::clone(given.keys),
        helpers,
        address: given.address.to_owned(),
        sync: task_service::sync_work(),
    })
}
