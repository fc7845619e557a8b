//! What is to be done, and what may not be done at the same time.

use std::collections::BTreeSet;

use model::ResourceTypeId;

use crate::{TaskKind, Urgency};

/// How reading these types is asked for; empty for everything. The domain does not know the wire.
pub type SyncWork = fn(&BTreeSet<ResourceTypeId>) -> Work;

/// What is to be done.
#[derive(Clone, PartialEq, Eq)]
pub struct Work {
    /// What kind of work.
    pub kind: TaskKind,
    /// Which goes first.
    pub urgency: Urgency,
    /// Two tasks of a connector with the same key are never worked on at the same time.
    pub lock: Option<LockKey>,
    /// The types that a sync was asked for, as in the message; empty for everything, and for other work.
    pub types: BTreeSet<ResourceTypeId>,
    /// The task as the protocol carries it, without its id (`c1.connectorapi.baton.v1.Task`). It can hold people's
    /// data, so it is not printed.
    pub message: Vec<u8>,
}

impl std::fmt::Debug for Work {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Work")
            .field("kind", &self.kind)
            .field("urgency", &self.urgency)
            .field("lock", &self.lock)
            .finish_non_exhaustive()
    }
}

/// Something that only one task may work on at a time: the whole account for a sync, one person for a change.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LockKey(String);

impl LockKey {
    /// For reading the account: one sync at a time.
    pub fn sync() -> Self {
        Self("sync".to_owned())
    }

    /// For changing what a resource is or holds: such changes read, alter and write the same thing.
    pub fn resource(resource_type: &str, id: &str) -> Self {
        Self(format!("resource:{resource_type}:{id}"))
    }

    /// For making an account at an address, whatever its case.
    pub fn account(address: &str) -> Self {
        Self(format!("account:{}", address.to_lowercase()))
    }

    /// A key that was stored.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
