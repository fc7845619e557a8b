//! The ring as it is now: whoever runs for long sees a change of keys without starting again.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use model::Randomness;

use crate::{KeyRing, VaultError};

/// The ring in a file, read again when the file is another one.
pub struct LiveRing {
    path: Option<PathBuf>,
    held: RwLock<Held>,
}

struct Held {
    ring: Arc<KeyRing>,
    seen: Option<Seen>,
}

/// By what a file is told from the one that was read.
#[derive(Clone, PartialEq, Eq)]
struct Seen {
    changed: Option<SystemTime>,
    size: u64,
    number: u64,
}

impl LiveRing {
    /// The ring in the file at `path`, made if there is none.
    ///
    /// # Errors
    /// Those of [`KeyRing::load_or_create`].
    pub fn open(path: &Path, random: &dyn Randomness) -> Result<Self, VaultError> {
        // Looked at before it is read: what changes in between is read once more.
        let before = seen(path);
        let ring = Arc::new(KeyRing::load_or_create(path, random)?);
        let held = RwLock::new(Held { ring, seen: before });
        let path = Some(path.to_owned());
        Ok(Self { path, held })
    }

    /// A ring that is in no file, and stays.
    pub fn fixed(ring: KeyRing) -> Self {
        let ring = Arc::new(ring);
        Self {
            path: None,
            held: RwLock::new(Held { ring, seen: None }),
        }
    }

    /// The ring as it is now. A file that cannot be read changes nothing.
    pub fn ring(&self) -> Arc<KeyRing> {
        let Some((path, now)) = self.path.as_deref().and_then(|path| Some((path, seen(path)?))) else {
            return self.held();
        };
        let is_same = |held: &Held| held.seen.as_ref() == Some(&now);
        if is_same(&self.held.read().unwrap_or_else(PoisonError::into_inner)) {
            return self.held();
        }
        if let Ok(ring) = KeyRing::load(path) {
            let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
            (held.ring, held.seen) = (Arc::new(ring), Some(now));
        }
        self.held()
    }

    fn held(&self) -> Arc<KeyRing> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&held.ring)
    }
}

fn seen(path: &Path) -> Option<Seen> {
    let metadata = fs::metadata(path).ok()?;
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&metadata);
    #[cfg(not(unix))]
    let number = 0;
    Some(Seen {
        changed: metadata.modified().ok(),
        size: metadata.len(),
        number,
    })
}

impl fmt::Debug for LiveRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LiveRing")
            .field("ring", &self.held())
            .finish_non_exhaustive()
    }
}
