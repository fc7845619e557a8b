//! The office where people come: what they may do, applied to the stored state, with an audit entry for each change.
//!
//! Every method is told who asks. What somebody may not see does not exist for them; what they may not do is refused
//! with the name of who can. A change and its entry in the audit trail are written together or not at all.

mod access;
mod apps;
mod audit;
mod believing;
mod bringing;
mod connectors;
mod credentials;
mod directory;
mod error;
mod first_start;
mod found_apps;
mod groups;
mod held;
mod help;
mod keys;
mod listing;
mod logs;
mod operators;
mod passkeys;
mod reading;
mod running;
mod runs;
mod sessions;
mod settings;
mod sign_in;
mod sign_on;
mod single_sign_on;
mod telling;
mod types;

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use model::{Clock, IdSource};

pub use believing::{Judged, ToProject};
pub use bringing::NewFile;
pub use connectors::{NewConnector, NewPlace};
pub use error::OfficeError;
pub use keys::NewApiKey;
pub use listing::{Fate, Fates, ListedApp, ListedPerson};
pub use reading::{Owned, Seen};
pub use running::SyncAsked;
pub use runs::Run;
pub use sessions::{NewSession, Whose};
pub use types::{Readable, TypesError};

use crate::repository::{Store, Write, Written};
use crate::{Actor, AuditAction, AuditDraft, Object};

/// How often a change is worked out anew because somebody else was quicker, before it is given up.
const ROUNDS: usize = 8;

/// The most characters of a person's name.
const LONGEST_NAME: usize = 120;

/// The domain's rules for people over a store.
#[derive(Clone)]
pub struct Office {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
}

impl fmt::Debug for Office {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Office").finish_non_exhaustive()
    }
}

impl Office {
    /// An office over a store.
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>) -> Self {
        Self { store, clock, ids }
    }

    /// The time that it goes by.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The time and sixteen bytes, for a new id.
    fn fresh(&self) -> (DateTime<Utc>, [u8; 16]) {
        (self.clock.now(), self.ids.next_bytes())
    }

    fn draft(&self, actor: &Actor, action: AuditAction, object: Object) -> AuditDraft {
        AuditDraft::new(self.now(), actor, action, object)
    }

    /// Writes a change and its entries, unless somebody else was quicker.
    async fn commit(&self, writes: &[Write], audit: &[AuditDraft]) -> Result<Written, OfficeError> {
        Ok(self.store.commit(writes, audit).await?)
    }

    /// Writes what nobody else can have changed.
    async fn commit_new(&self, writes: &[Write], audit: &[AuditDraft]) -> Result<(), OfficeError> {
        match self.commit(writes, audit).await? {
            Written::Yes => Ok(()),
            Written::Outdated => Err(OfficeError::Contended),
        }
    }
}
