//! Who can do what, as the newest uploaded file of a connector says: rows shaped for questions.
//!
//! A file becomes a [`Snapshot`]: first nobody sees it, then it is whole and a candidate beside the current one, and at
//! last one small change makes it current. So readers go from one to the next at once, and what looks wrong can be
//! looked at before it is believed. Everything here can be made again from the file.

mod altered;
mod ask;
mod difference;
mod grant;
mod loss;
mod page;
mod projections;
mod resource;
mod right;
mod run_changes;
mod snapshot;

pub use altered::HeldHow;
pub use ask::{EntitlementOrder, EntitlementQuery, HolderQuery, ResourceOrder, ResourceQuery, SecondFactor};
pub use difference::{Change, Changed, Changes, Difference, EntitlementName, GrantsLost, TypeChange};
pub use grant::{AccessGrant, Holder, Holding, Through};
pub use loss::{Loss, LossRules};
pub use page::{Page, PageRequest};
pub use projections::{AccessRows, Projections, SnapshotDraft, SnapshotsOver};
pub use resource::{AccessResource, AccessType, Fingerprint, ListedResource, ResourceKind, ResourceName};
pub use right::{AccessEntitlement, ListedEntitlement};
pub use run_changes::{ChangeCounts, ChangeLog, ChangeQuery, RunChange, RunChanges, Subject, Verdict, Way};
pub use snapshot::{AccountTally, NewSnapshot, Overview, Snapshot, SnapshotId, SnapshotState, TypeCounts};
