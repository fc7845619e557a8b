//! One reading of everything, as rows.

use std::fmt;

use chrono::{DateTime, Utc};
use model::{Lifecycle, ResourceTypeId, SyncId};

use super::AccessType;
use crate::{ConnectorId, UploadId};

/// A snapshot. Later ones have greater numbers; whoever keeps them gives the number out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SnapshotId(i64);

impl SnapshotId {
    /// The one with that number.
    pub fn from_number(number: i64) -> Self {
        Self(number)
    }

    /// Its number.
    pub fn number(self) -> i64 {
        self.0
    }
}

impl fmt::Display for SnapshotId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for SnapshotId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SnapshotId({})", self.0)
    }
}

/// What a snapshot is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSnapshot {
    /// Whose access it tells of.
    pub connector: ConnectorId,
    /// The file that it is made from.
    pub upload: UploadId,
    /// The sync in that file.
    pub sync: SyncId,
    /// When the sync was finished: how old the news are.
    pub taken_at: DateTime<Utc>,
}

/// A snapshot that is whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Which.
    pub id: SnapshotId,
    /// What it is of.
    pub of: NewSnapshot,
    /// The one that was current when it was begun. It is compared with that one, and takes the place of no other.
    pub base: Option<SnapshotId>,
    /// How far it is.
    pub state: SnapshotState,
    /// Since when.
    pub since: DateTime<Utc>,
    /// When the last of its rows was written.
    pub projected_at: DateTime<Utc>,
    /// How much there is of each type, in the file's order.
    pub types: Vec<TypeCounts>,
}

impl Snapshot {
    /// How many grants there are.
    pub fn grants(&self) -> u64 {
        self.types.iter().map(|one| one.grants).sum()
    }

    /// How many resources there are.
    pub fn resources(&self) -> u64 {
        self.types.iter().map(|one| one.resources).sum()
    }
}

/// How far a whole snapshot is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SnapshotState {
    /// Not believed yet.
    Candidate,
    /// What everybody sees.
    Current,
    /// Another is current, or it was not believed; it is removed soon.
    Retired,
}

/// How much there is of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeCounts {
    /// The type.
    pub of: AccessType,
    /// Resources of it that the file lists.
    pub resources: u64,
    /// What can be held on those.
    pub entitlements: u64,
    /// How often it is held.
    pub grants: u64,
}

/// What a first look shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// How much there is of each type, in the file's order.
    pub types: Vec<TypeCounts>,
    /// The accounts of people, by what matters.
    pub accounts: Vec<AccountTally>,
    /// Grants that were given to the holder itself.
    pub direct_grants: u64,
    /// Grants that only follow from others, such as being in a group.
    pub inherited_grants: u64,
}

/// How many accounts have these in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountTally {
    /// Their type, such as `user` or `invitation`.
    pub resource_type: ResourceTypeId,
    /// Whether they are in use.
    pub lifecycle: Lifecycle,
    /// Whether a second factor is set up; `None` when not known.
    pub second_factor: Option<bool>,
    /// How many.
    pub accounts: u64,
}
