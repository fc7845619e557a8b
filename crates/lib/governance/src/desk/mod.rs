//! The desk where connectors are admitted, take tasks and report: the domain's rules applied to the stored state.
//!
//! Everything that a connector may do goes through a [`Caller`], which only [`Desk::admit`] makes; what is not its own
//! does not exist for it. Changes are worked out from a version and written only over that version, so any number of
//! desks can work on one database.

mod admission;
mod error;
mod report;
mod sweep;
mod tasks;

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use model::{Clock, IdSource};

pub use admission::Caller;
pub use error::DeskError;
pub use sweep::Counted;
pub use tasks::{Asked, Taken};

use crate::TaskRules;
use crate::repository::Store;

/// How often a change is worked out anew because somebody else was quicker, before it is given up.
const ROUNDS: usize = 8;

/// The domain's rules over a store.
#[derive(Clone)]
pub struct Desk {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    rules: TaskRules,
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desk")
            .field("rules", &self.rules)
            .finish_non_exhaustive()
    }
}

impl Desk {
    /// A desk over a store, with the times and counts of these rules.
    pub fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        rules: TaskRules,
    ) -> Self {
        Self {
            store,
            clock,
            ids,
            rules,
        }
    }

    /// What keeps the state.
    pub fn store(&self) -> &dyn Store {
        self.store.as_ref()
    }

    /// The times and counts that it goes by.
    pub fn rules(&self) -> &TaskRules {
        &self.rules
    }

    /// The time that it goes by.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The time and sixteen bytes, for a new id.
    fn fresh(&self) -> (DateTime<Utc>, [u8; 16]) {
        (self.clock.now(), self.ids.next_bytes())
    }
}
