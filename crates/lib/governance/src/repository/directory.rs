//! What directories say, and how they are let in.

use async_trait::async_trait;

use super::{Stored, Versioned};
use crate::{Group, GroupId, Provisioning};

/// Groups of directories, and how directories are let in.
#[async_trait]
pub trait Directory {
    /// How directories are let in.
    async fn provisioning(&self) -> Stored<Versioned<Provisioning>>;
    /// The group with that id.
    async fn group(&self, id: &GroupId) -> Stored<Option<Versioned<Group>>>;
    /// All of them, by name.
    async fn groups(&self) -> Stored<Vec<Versioned<Group>>>;
}
